//! The order of services: none before one that it depends on.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use super::MAX_SERVICES;
use crate::members::Members;
use crate::{JsonText, Refusal};

/// What the creation of a task says about one service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct ServiceSpec {
    pub service: String,
    pub agent: Option<String>,
    pub depends_on: Vec<String>,
    pub task_description: Option<String>,
}

impl ServiceSpec {
    /// The services that a payload names; those without a name that can be kept are left out.
    pub fn all_in(said: &Members<'_>) -> Vec<Self> {
        let items: Vec<JsonText> = said.read("services").unwrap_or_default();
        items.iter().filter_map(|item| Self::read(&Members::of(item))).collect()
    }

    fn read(said: &Members<'_>) -> Option<Self> {
        Some(Self {
            service: said.name("service")?,
            agent: said.name("agent"),
            depends_on: said.read("depends_on").unwrap_or_default(),
            task_description: said.text("task_description"),
        })
    }
}

/// Refuses dependencies on a service that is none, on itself, and in a cycle.
pub(super) fn check(specs: &[ServiceSpec]) -> Result<(), Refusal> {
    let mut names = HashSet::new();
    if let Some(twice) = specs.iter().find(|spec| !names.insert(spec.service.as_str())) {
        return Err(invalid(&twice.service, "stands twice among the services: name each service once".into()));
    }
    for spec in specs {
        if let Some(unknown) = spec.depends_on.iter().find(|needed| !names.contains(needed.as_str())) {
            let why = format!("depends on {unknown}, which is no service of the task: add it, or leave it out");
            return Err(invalid(&spec.service, why));
        }
        if spec.depends_on.contains(&spec.service) {
            return Err(invalid(&spec.service, "depends on itself: leave that out".into()));
        }
    }
    cycle(specs).map_or(Ok(()), |cycle| {
        let way = format!("depends on itself by way of {}: remove one of these dependencies", cycle.join(", "));
        Err(invalid(cycle[0], way))
    })
}

fn invalid(service: &str, why: String) -> Refusal {
    Refusal::InvalidDependency { service: service.to_owned(), why }
}

/// The services in order. Those that the rules would refuse, which only raw events bring, lose what cannot be waited for; `false` tells so.
pub(super) fn mended(mut specs: Vec<ServiceSpec>) -> (Vec<ServiceSpec>, bool) {
    let is_good = specs.len() <= MAX_SERVICES && check(&specs).is_ok();
    let mut names = HashSet::new();
    specs.retain(|spec| names.len() < MAX_SERVICES && names.insert(spec.service.clone()));
    for spec in &mut specs {
        let ServiceSpec { service, depends_on, .. } = spec;
        depends_on.retain(|needed| needed != service && names.contains(needed));
    }
    while let Some(cycle) = cycle(&specs) {
        let cycle: HashSet<String> = cycle.into_iter().map(str::to_owned).collect();
        specs.iter_mut().filter(|spec| cycle.contains(&spec.service)).for_each(|spec| spec.depends_on.clear());
    }
    (in_order(specs), is_good)
}

fn in_order(specs: Vec<ServiceSpec>) -> Vec<ServiceSpec> {
    let (mut order, rest) = sorted(&specs);
    order.extend(rest);
    let mut specs: Vec<Option<ServiceSpec>> = specs.into_iter().map(Some).collect();
    order.into_iter().filter_map(|index| specs[index].take()).collect()
}

/// The places of the services in order, of those that can go at a time the one that was named first; and the places of those that wait for a
/// cycle or are in one.
fn sorted(specs: &[ServiceSpec]) -> (Vec<usize>, Vec<usize>) {
    let places: HashMap<&str, usize> = specs.iter().enumerate().map(|(place, spec)| (&*spec.service, place)).collect();
    let mut waits_for: Vec<HashSet<usize>> = Vec::with_capacity(specs.len());
    for spec in specs {
        waits_for.push(spec.depends_on.iter().filter_map(|needed| places.get(needed.as_str()).copied()).collect());
    }
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); specs.len()];
    for (place, needed) in waits_for.iter().enumerate() {
        needed.iter().for_each(|needed| needed_by[*needed].push(place));
    }
    let mut waits: Vec<usize> = waits_for.iter().map(HashSet::len).collect();
    let mut ready: BinaryHeap<Reverse<usize>> =
        (0..specs.len()).filter(|place| waits[*place] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(specs.len());
    while let Some(Reverse(place)) = ready.pop() {
        order.push(place);
        for follower in &needed_by[place] {
            waits[*follower] -= 1;
            if waits[*follower] == 0 {
                ready.push(Reverse(*follower));
            }
        }
    }
    let rest = (0..specs.len()).filter(|place| waits[*place] > 0).collect();
    (order, rest)
}

/// Services that wait for each other, each for the next and the last for the first.
fn cycle(specs: &[ServiceSpec]) -> Option<Vec<&str>> {
    let (_, rest) = sorted(specs);
    let stuck: HashMap<&str, &ServiceSpec> =
        rest.iter().map(|place| (&*specs[*place].service, &specs[*place])).collect();
    let mut way: Vec<&str> = vec![&specs[*rest.first()?].service];
    // Every service that is stuck waits for one that is stuck, so the way comes back to a service sooner or later.
    loop {
        let last = stuck.get(way.last()?)?;
        let next = last.depends_on.iter().find(|needed| stuck.contains_key(needed.as_str()))?;
        if let Some(start) = way.iter().position(|service| service == next) {
            return Some(way.split_off(start));
        }
        way.push(next);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A service, and what it depends on.
    type Named<'a> = (&'a str, &'a [&'a str]);

    fn specs(services: &[Named<'_>]) -> Vec<ServiceSpec> {
        let spec = |(service, depends_on): &Named<'_>| ServiceSpec {
            service: (*service).to_owned(),
            agent: None,
            depends_on: depends_on.iter().map(|needed| (*needed).to_owned()).collect(),
            task_description: None,
        };
        services.iter().map(spec).collect()
    }

    fn order(services: &[Named<'_>]) -> (Vec<String>, bool) {
        let (specs, is_good) = mended(specs(services));
        (specs.into_iter().map(|spec| spec.service).collect(), is_good)
    }

    #[test]
    fn no_service_stands_before_one_that_it_depends_on_and_else_they_stay_as_named() {
        let services: [Named<'_>; 5] =
            [("ui", &["api", "auth"]), ("api", &["db"]), ("docs", &[]), ("auth", &["db", "db"]), ("db", &[])];
        assert!(check(&specs(&services)).is_ok());
        assert_eq!(order(&services).0, ["docs", "db", "api", "auth", "ui"]);
    }

    #[test]
    fn what_cannot_be_waited_for_is_refused_with_what_is_wrong() {
        let cases: [(&[Named<'_>], &str); 5] = [
            (&[("a", &["b"])], "a depends on b, which is no service"),
            (&[("a", &["a"])], "a depends on itself: leave"),
            (&[("a", &[]), ("a", &[])], "a stands twice"),
            (&[("x", &["a"]), ("a", &["b"]), ("b", &["c"]), ("c", &["a"])], "a depends on itself by way of a, b, c:"),
            (&[("a", &["b"]), ("b", &["a"])], "a depends on itself by way of a, b:"),
        ];
        for (services, why) in cases {
            let refusal = check(&specs(services)).unwrap_err();
            assert!(matches!(refusal, Refusal::InvalidDependency { .. }), "{refusal:?}");
            assert!(refusal.to_string().starts_with(why), "{refusal}");
        }
    }

    #[test]
    fn of_a_raw_event_everything_is_kept_that_can_be_waited_for() {
        assert_eq!(
            order(&[("a", &["ghost", "a", "b"]), ("b", &[]), ("b", &["a"])]),
            (vec!["b".into(), "a".into()], false)
        );
        let (specs, is_good) = mended(specs(&[("x", &["a"]), ("a", &["b"]), ("b", &["a"]), ("y", &["x"])]));
        let waits: Vec<(&str, usize)> = specs.iter().map(|spec| (&*spec.service, spec.depends_on.len())).collect();
        assert_eq!((waits, is_good), (vec![("a", 0), ("x", 1), ("b", 0), ("y", 1)], false));
    }

    #[test]
    fn thousands_of_services_in_a_raw_event_cost_little_and_the_first_are_kept() {
        let names: Vec<String> = (0..20_000).map(|number| format!("service-{number}")).collect();
        let chain = |(place, name): (usize, &String)| ServiceSpec {
            service: name.clone(),
            agent: None,
            depends_on: names.get(place + 1).cloned().into_iter().collect(),
            task_description: None,
        };
        let (specs, is_good) = mended(names.iter().enumerate().map(chain).collect());
        assert_eq!((specs.len(), specs[0].service.as_str(), is_good), (MAX_SERVICES, "service-199", false));
    }
}
