//! Free ports.

use std::collections::BTreeSet;
use std::net::TcpListener;

use anyhow::{Context, Result};

/// Different ports of 127.0.0.1 that nobody listens on now. Somebody may take one before the server
/// does: whoever starts a server tries again then.
pub(crate) fn free<const N: usize>() -> Result<[u16; N]> {
    let mut held = Vec::with_capacity(N);
    let mut ports = [0; N];
    for port in &mut ports {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("could not find a free port")?;
        *port = listener.local_addr()?.port();
        held.push(listener);
    }
    debug_assert_eq!(ports.iter().collect::<BTreeSet<_>>().len(), N);
    Ok(ports)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn ports_picked_together_differ_and_can_be_listened_on() {
        let ports: [u16; 8] = free().unwrap();
        assert_eq!(BTreeSet::from(ports).len(), 8);
        let _all: Vec<_> = ports.iter().map(|port| TcpListener::bind(("127.0.0.1", *port)).unwrap()).collect();
    }

    #[test]
    fn a_port_in_use_is_not_picked() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(!free::<64>().unwrap().contains(&port));
    }
}
