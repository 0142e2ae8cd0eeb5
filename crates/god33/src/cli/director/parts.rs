//! `NAME[:AGENT[:DEPENDENCY,…]]`, `SERVICE=TEXT` and `SERVICE[:PROBLEM]`: a service, what is to be done in it, and what was found in it.

use god33_proto::v1::{ServiceFinding, ServiceSpec};

use crate::cli::Failure;

/// Reads a service with the agent that does the work, and the services that must be done before.
pub(super) fn service(text: &str) -> Result<ServiceSpec, String> {
    let wrong = || "must be NAME, NAME:AGENT or NAME:AGENT:DEPENDENCY,…, for instance web:letta-ts-dev:api".to_owned();
    let parts: Vec<_> = text.split(':').map(str::trim).collect();
    let (service, agent, depends_on) = match parts[..] {
        [service] => (service, "", ""),
        [service, agent] => (service, agent, ""),
        [service, agent, depends_on] => (service, agent, depends_on),
        _ => return Err(wrong()),
    };
    if service.is_empty() {
        return Err(wrong());
    }
    let depends_on = depends_on.split(',').map(str::trim).filter(|name| !name.is_empty());
    Ok(ServiceSpec {
        service: service.into(),
        agent: agent.into(),
        depends_on: depends_on.map(Into::into).collect(),
        ..ServiceSpec::default()
    })
}

/// What is to be done in one service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Description {
    service: String,
    text: String,
}

/// Reads what is to be done in a service.
pub(super) fn description(text: &str) -> Result<Description, String> {
    let wrong = || "must be SERVICE=TEXT, for instance api='serve the new endpoint'".to_owned();
    let (service, text) = text.split_once('=').ok_or_else(wrong)?;
    if service.is_empty() || text.is_empty() {
        return Err(wrong());
    }
    Ok(Description { service: service.into(), text: text.into() })
}

/// The services with their descriptions.
pub(super) fn described(
    mut services: Vec<ServiceSpec>,
    descriptions: Vec<Description>,
) -> Result<Vec<ServiceSpec>, Failure> {
    for Description { service, text } in descriptions {
        let Some(spec) = services.iter_mut().find(|spec| spec.service == service) else {
            return Err(Failure::Usage(format!("--describe {service}: the task has no such --service")));
        };
        spec.task_description = text;
    }
    Ok(services)
}

/// Reads what a check found in one service: it follows the pattern, or what is wrong.
pub(super) fn finding(text: &str) -> Result<ServiceFinding, String> {
    let wrong = || "must be SERVICE where all is well, or SERVICE:PROBLEM, for instance api:no lint task".to_owned();
    let (service, problem) = text.split_once(':').map_or((text, None), |(service, problem)| (service, Some(problem)));
    if service.trim().is_empty() || problem.is_some_and(|problem| problem.trim().is_empty()) {
        return Err(wrong());
    }
    Ok(ServiceFinding {
        service: service.trim().into(),
        passed: problem.is_none(),
        problems: problem.into_iter().map(|problem| problem.trim().into()).collect(),
        ..ServiceFinding::default()
    })
}

/// The findings with one entry a service.
pub(super) fn gathered(findings: Vec<ServiceFinding>) -> Vec<ServiceFinding> {
    let mut gathered: Vec<ServiceFinding> = Vec::new();
    for finding in findings {
        match gathered.iter_mut().find(|known| known.service == finding.service) {
            Some(known) => {
                known.passed &= finding.passed;
                known.problems.extend(finding.problems);
            }
            None => gathered.push(finding),
        }
    }
    gathered
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_service_has_perhaps_an_agent_and_services_to_wait_for() {
        let parts = |text| {
            let spec = service(text).unwrap();
            (spec.service, spec.agent, spec.depends_on)
        };
        assert_eq!(parts("api"), ("api".into(), String::new(), vec![]));
        assert_eq!(parts("api:letta-rust-dev"), ("api".into(), "letta-rust-dev".into(), vec![]));
        let web = parts("web:letta-ts-dev:api, auth,");
        assert_eq!(web, ("web".into(), "letta-ts-dev".into(), vec!["api".into(), "auth".into()]));
        assert_eq!(parts("web::api"), ("web".into(), String::new(), vec!["api".into()]));
    }

    #[test]
    fn what_is_no_service_is_refused() {
        for text in ["", ":agent", "a:b:c:d"] {
            assert!(service(text).unwrap_err().starts_with("must be NAME"), "{text}");
        }
    }

    #[test]
    fn a_description_belongs_to_a_service_of_the_task() {
        let services = || vec![service("api").unwrap(), service("web").unwrap()];
        let read = described(services(), vec![description("web=a=b").unwrap()]).unwrap();
        assert_eq!((read[0].task_description.as_str(), read[1].task_description.as_str()), ("", "a=b"));
        let stray = described(services(), vec![description("db=x").unwrap()]).unwrap_err().to_string();
        assert_eq!(stray, "--describe db: the task has no such --service");
        for text in ["", "api", "api=", "=x"] {
            assert!(description(text).unwrap_err().starts_with("must be SERVICE=TEXT"), "{text}");
        }
    }

    #[test]
    fn findings_are_gathered_by_service() {
        let texts = ["api", "web:no lint task", "web: test fails: 3 of 7", "api:late"];
        let found = gathered(texts.iter().map(|text| finding(text).unwrap()).collect());
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].passed, found[0].problems.as_slice()), (false, &["late".to_owned()][..]));
        assert_eq!(found[1].problems, ["no lint task", "test fails: 3 of 7"]);
        assert!(finding("api").unwrap().passed);
        for text in ["", ":x", "api:", "api: "] {
            assert!(finding(text).unwrap_err().starts_with("must be SERVICE"), "{text}");
        }
    }
}
