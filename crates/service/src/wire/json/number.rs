//! Numbers: from text and back without a change of value.

use std::fmt::Write as _;

/// Integers up to here are exact in a double: 2^53.
const EXACT_INTEGERS: f64 = 9_007_199_254_740_992.0;

/// The double that a JSON number stands for, when writing it down again gives the same number. An integer past 2^53 is never said
/// to be exact: neighbours of it are not, and readers in other languages cannot tell which is which.
pub(crate) fn exact_double(text: &str) -> Option<f64> {
    let double: f64 = text.parse().ok()?;
    let is_integer = !text.contains(['.', 'e', 'E']);
    if !double.is_finite() || (is_integer && double.abs() > EXACT_INTEGERS) {
        return None;
    }
    let is_short = text.len() <= 15 && !text.contains(['e', 'E']);
    (is_short || Decimal::of(text)? == Decimal::of(&format!("{double:?}"))?).then_some(double)
}

/// The finite double that is nearest to a JSON number.
pub(crate) fn nearest_double(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().map(|double| double.clamp(f64::MIN, f64::MAX))
}

/// The integer that a JSON number stands for: also of `5.0` and `5e3`.
pub(crate) fn integer(text: &str) -> Option<i128> {
    if let Ok(integer) = text.parse() {
        return Some(integer);
    }
    let double = exact_double(text)?;
    (double.fract() == 0.0 && double.abs() <= EXACT_INTEGERS).then_some(double as i128)
}

/// Writes a finite double; an integral one up to 2^53 as an integer.
pub(crate) fn write_double(double: f64, out: &mut String) {
    let is_integer =
        double.fract() == 0.0 && double.abs() <= EXACT_INTEGERS && !(double == 0.0 && double.is_sign_negative());
    // Writing to a String cannot fail.
    let _ = if is_integer { write!(out, "{}", double as i64) } else { write!(out, "{double:?}") };
}

/// A number in one spelling: the digits without zeros at either end, and the power of ten that the last one stands for.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// Reads a JSON number.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let significant = all.trim_start_matches('0');
        let digits = significant.trim_end_matches('0');
        if digits.is_empty() {
            return Some(Self { negative, digits: String::new(), exponent: 0 });
        }
        let dropped = (significant.len() - digits.len()) as i64;
        let exponent = exponent.parse::<i64>().ok()?.checked_sub(fraction.len() as i64)?.checked_add(dropped)?;
        Some(Self { negative, digits: digits.to_owned(), exponent })
    }

    /// The number times a power of ten, when that is a whole number of less than 30 digits.
    pub(crate) fn shifted(&self, power: i64) -> Option<i128> {
        let zeros = u32::try_from(self.exponent.checked_add(power)?).ok().filter(|zeros| *zeros < 30)?;
        if self.digits.is_empty() {
            return Some(0);
        }
        let digits: i128 = self.digits.parse().ok().filter(|_| self.digits.len() + (zeros as usize) < 30)?;
        Some(if self.negative { -digits } else { digits } * 10_i128.pow(zeros))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn written(double: f64) -> String {
        let mut out = String::new();
        write_double(double, &mut out);
        out
    }

    #[test]
    fn numbers_that_a_double_holds_come_back_as_the_same_number() {
        for text in [
            "0",
            "-0",
            "1",
            "1.0",
            "0.1",
            "92.50",
            "1e2",
            "1E-7",
            "9007199254740992",
            "-9007199254740992",
            "1e300",
            "5e-324",
        ] {
            let double = exact_double(text).unwrap();
            assert_eq!(Decimal::of(&written(double)), Decimal::of(text), "{text}");
        }
    }

    #[test]
    fn numbers_that_would_change_are_told_apart() {
        for text in [
            "9007199254740993",
            "9007199254740994",
            "18446744073709551616",
            "1e400",
            "1e-400",
            "0.10000000000000000555",
            "-1e999999999999999999999",
        ] {
            assert_eq!(exact_double(text), None, "{text}");
        }
    }

    #[test]
    fn integral_doubles_are_written_as_integers() {
        assert_eq!(written(1.0), "1");
        assert_eq!(written(-9_007_199_254_740_992.0), "-9007199254740992");
        assert_eq!(written(9_007_199_254_740_994.0), "9007199254740994.0");
        assert_eq!(written(-0.0), "-0.0");
        assert_eq!(written(0.1), "0.1");
        assert_eq!(exact_double(&written(1e22)), Some(1e22));
    }

    #[test]
    fn integers_are_read_in_every_spelling() {
        assert_eq!(integer("18446744073709551615"), Some(18_446_744_073_709_551_615));
        assert_eq!(integer("5.0"), Some(5));
        assert_eq!(integer("5e3"), Some(5_000));
        assert_eq!(integer("5.5"), None);
        assert_eq!(integer("1e40"), None);
    }
}
