//! What this server offers of the contract.

use god33_proto::v1::admin_service_server::SERVICE_NAME as ADMIN;
use god33_proto::v1::agent_service_server::SERVICE_NAME as AGENTS;
use god33_proto::v1::collaboration_service_server::SERVICE_NAME as COLLABORATIONS;
use god33_proto::v1::director_service_server::SERVICE_NAME as DIRECTOR;
use god33_proto::v1::event_store_service_server::SERVICE_NAME as EVENT_STORE;
use god33_proto::v1::feedback_service_server::SERVICE_NAME as FEEDBACK;
use god33_proto::v1::handoff_service_server::SERVICE_NAME as HANDOFFS;
use god33_proto::v1::session_service_server::SERVICE_NAME as SESSIONS;
use god33_proto::v1::subscription_service_server::SERVICE_NAME as SUBSCRIPTIONS;
use god33_proto::v1::workflow_service_server::SERVICE_NAME as WORKFLOWS;
use god33_proto::{PACKAGE, POOL};

/// The services that are served.
pub(super) const SERVICES: [&str; 10] =
    [EVENT_STORE, SUBSCRIPTIONS, WORKFLOWS, HANDOFFS, SESSIONS, FEEDBACK, DIRECTOR, AGENTS, COLLABORATIONS, ADMIN];

/// Calls of these services that are not offered yet.
pub(super) const NOT_YET: [&str; 2] = ["god33.v1.AdminService/GetRetention", "god33.v1.AdminService/ApplyRetention"];

/// The full name of every call in the contract, in the contract's order.
fn methods() -> impl Iterator<Item = String> {
    let services = POOL.services().filter(|service| service.package_name() == PACKAGE);
    services.flat_map(|service| {
        let calls: Vec<String> =
            service.methods().map(|method| format!("{}/{}", service.full_name(), method.name())).collect();
        calls
    })
}

/// True when the contract has such a call.
pub(super) fn is_in_contract(call: &str) -> bool {
    methods().any(|method| method == call)
}

/// The full names of the calls that are offered.
pub(crate) fn offered_methods() -> Vec<String> {
    methods()
        .filter(|call| call.split_once('/').is_some_and(|(service, _)| SERVICES.contains(&service)))
        .filter(|call| !NOT_YET.contains(&call.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_is_not_offered_yet_is_in_the_contract() {
        for call in NOT_YET {
            assert!(is_in_contract(call), "{call}");
            assert!(SERVICES.contains(&call.split_once('/').unwrap().0), "{call}: its whole service is not offered");
        }
        assert!(offered_methods().contains(&"god33.v1.AdminService/GetServerInfo".to_owned()));
    }
}
