//! Tasks over several services, delegations and patterns, for people.

use god33_proto::v1::{
    CrossServiceTask, CrossServiceTaskState, Delegation, MisePattern, MiseValidationCompleted, ServiceWork,
    ServiceWorkState,
};
use god33_service::text::open_object_text;

use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::{CallArgs, word};
use crate::cli::print::{message_json, one_line, or_dash, shell_word, time};
use crate::cli::table::{Sheet, dim, name, state};
use crate::cli::{Failure, Target};

/// The answer of a call that changed a task.
pub(super) fn answer(task: &CrossServiceTask, event_ids: &[String], position: u64) -> Answer {
    Answer::default().with("task", &message_json(task)).recorded(event_ids, position)
}

/// The answer of a call that changed a delegation.
pub(super) fn delegation_answer(delegation: &Delegation, event_ids: &[String], position: u64) -> Answer {
    Answer::default().with("delegation", &message_json(delegation)).recorded(event_ids, position)
}

/// Tells that a task has ended.
pub(super) fn ended(
    target: &Target,
    call: &CallArgs,
    word: &str,
    task: &CrossServiceTask,
    event_ids: &[String],
    position: u64,
) -> Result<(), Failure> {
    let done = Done { word, id: &task.task_id, more: standing(task), next: next(task), ..Done::default() };
    done.tell(target, call, &answer(task, event_ids, position))
}

/// Tells what became of a check, which may be of no task.
pub(super) fn checked(
    target: &Target,
    call: &CallArgs,
    word: &str,
    task: Option<CrossServiceTask>,
    event_ids: &[String],
    position: u64,
) -> Result<(), Failure> {
    if let Some(task) = task {
        return ended(target, call, word, &task, event_ids, position);
    }
    let event_id = event_ids.first().cloned().unwrap_or_default();
    let next = format!("what comes of it: god33 events descendants {}", shell_word(&event_id));
    let done = Done { word, id: &event_id, next, ..Done::default() };
    done.tell(target, call, &Answer::default().recorded(event_ids, position))
}

/// One task on a line.
pub(super) fn line(task: &CrossServiceTask) -> String {
    format!(
        "{}  {}  {}  {}",
        one_line(&task.task_id),
        state(task.state(), 10),
        name(&task.goal),
        dim(&format!("{}, created {}", finished(task), time(task.created_at.as_ref()))),
    )
}

/// One task, whole.
pub(super) fn whole(task: &CrossServiceTask) -> String {
    Sheet::new(&task.goal, &task.task_id)
        .state("state", task.state())
        .text("services", &finished(task))
        .text("priority", &word(task.priority()))
        .text("from", &task.from_agent)
        .text("workflow", &task.workflow_id)
        .text("group", &task.collaboration_id)
        .text("pattern", &task.pattern_id)
        .time("created", task.created_at.as_ref())
        .time("deadline", task.deadline.as_ref())
        .time("ended", task.completed_at.as_ref())
        .text("outcome", &task.outcome)
        .text("summary", &task.summary)
        .text("version", &task.version.to_string())
        .texts("service", task.services.iter().flat_map(work))
        .texts("check", task.validation.iter().flat_map(validation))
        .finish()
}

/// How a task stands, in a few words.
pub(super) fn standing(task: &CrossServiceTask) -> String {
    format!("{}, {}", word(task.state()), finished(task))
}

/// Nothing changes it any more.
pub(super) fn has_ended(task: &CrossServiceTask) -> bool {
    !matches!(
        task.state(),
        CrossServiceTaskState::Unspecified | CrossServiceTaskState::Active | CrossServiceTaskState::Validating
    )
}

fn finished(task: &CrossServiceTask) -> String {
    let done = task.services.iter().filter(|work| work.state() == ServiceWorkState::Completed).count();
    format!("{done} of {} done", task.services.len())
}

/// One service of a task and what was made in it, a line each.
fn work(work: &ServiceWork) -> Vec<String> {
    let mut parts = vec![work.service.clone(), word(work.state()), or_dash(&work.agent)];
    parts.extend((!work.depends_on.is_empty()).then(|| format!("after {}", work.depends_on.join(", "))));
    let texts = [&work.delegation_id, &work.task_description, &work.summary];
    parts.extend(texts.into_iter().filter(|text| !text.is_empty()).cloned());
    let made = work.artifacts.iter().map(|made| format!("  made {}  {}  {}", made.r#type, made.path, made.status));
    std::iter::once(parts.join("  ")).chain(made).collect()
}

/// The outcome of a check and what was found, a line each.
fn validation(check: &MiseValidationCompleted) -> Vec<String> {
    let verdict = |passed| if passed { "passed" } else { "failed" };
    let whole = format!("{} by {}  {}", verdict(check.passed()), or_dash(&check.from_agent), check.summary);
    let found = check
        .findings
        .iter()
        .map(|finding| format!("  {}  {}  {}", finding.service, verdict(finding.passed), finding.problems.join("; ")));
    std::iter::once(whole).chain(found).collect()
}

/// What to do next: the most useful of the commands that the state allows.
pub(super) fn next(task: &CrossServiceTask) -> String {
    let id = shell_word(&task.task_id);
    if has_ended(task) {
        return format!("who did what: god33 director delegations --task {id}");
    }
    let first = |state| task.services.iter().find(move |work| work.state() == state);
    if let Some(open) = first(ServiceWorkState::Ready).or_else(|| first(ServiceWorkState::Failed)) {
        return format!("to go on: {}", delegation(&id, &open.service, &open.agent));
    }
    if let Some(open) = first(ServiceWorkState::Delegated) {
        return format!("when {} is done: {}", one_line(&open.service), delivery(&open.delegation_id));
    }
    if first(ServiceWorkState::Waiting).is_some() {
        return format!("as it goes on: god33 director watch-task {id}");
    }
    match &task.validation {
        Some(check) if check.passed() => format!("to end it: god33 director complete-task {id}"),
        _ if task.state() == CrossServiceTaskState::Validating => {
            format!("when it is checked: god33 director record-validation --task {id} --passed")
        }
        _ => format!("to have it checked: god33 director request-validation --task {id}"),
    }
}

/// The command that gives a service to an agent.
fn delegation(task: &str, service: &str, agent: &str) -> String {
    let agent = if agent.is_empty() { "AGENT".into() } else { shell_word(agent) };
    format!("god33 director delegate --task {task} --service {} --to {agent}", shell_word(service))
}

/// The command that delivers a service.
pub(super) fn delivery(delegation_id: &str) -> String {
    format!("god33 director complete-delegation {} --summary 'what came of it'", shell_word(delegation_id))
}

/// What comes after a service is done.
pub(super) fn after(delegation: &Delegation) -> String {
    if delegation.task_id.is_empty() {
        return format!("what came of it: god33 events descendants {}", shell_word(&delegation.requested_event_id));
    }
    format!("what is left: god33 director get-task {}", shell_word(&delegation.task_id))
}

/// How a service that was given up is given to an agent again.
pub(super) fn again(given_up: &Delegation) -> String {
    if given_up.task_id.is_empty() {
        let service = shell_word(&given_up.service);
        return format!("to try again: god33 director delegate --service {service} --to AGENT");
    }
    format!("to try again: {}", delegation(&shell_word(&given_up.task_id), &given_up.service, ""))
}

/// One delegation on a line.
pub(super) fn delegation_line(delegation: &Delegation) -> String {
    let told = if delegation.summary.is_empty() { &delegation.task_description } else { &delegation.summary };
    format!(
        "{}  {}  {}  {} → {}  {}",
        one_line(&delegation.delegation_id),
        state(delegation.state(), 9),
        name(&delegation.service),
        or_dash(&delegation.from_agent),
        or_dash(&delegation.to_agent),
        dim(told),
    )
}

/// One delegation, whole.
pub(super) fn whole_delegation(delegation: &Delegation) -> String {
    let made = delegation.artifacts.iter();
    let made = made.map(|made| format!("{}  {}  {}", made.r#type, made.path, made.status));
    Sheet::new(&delegation.service, &delegation.delegation_id)
        .state("state", delegation.state())
        .text("from", &delegation.from_agent)
        .text("to", &delegation.to_agent)
        .text("task", &delegation.task_id)
        .text("asked", &delegation.task_description)
        .text("pattern", &delegation.pattern_reference)
        .time("deadline", delegation.deadline.as_ref())
        .text("event", &delegation.requested_event_id)
        .text("summary", &delegation.summary)
        .texts("made", made)
        .finish()
}

/// One pattern on a line.
pub(super) fn pattern_line(pattern: &MisePattern) -> String {
    format!(
        "{}  {}  {}  {}",
        one_line(&pattern.pattern_id),
        name(&pattern.name),
        one_line(&tasks(pattern).join(", ")),
        dim(&format!("defined {} by {}", time(pattern.created_at.as_ref()), or_dash(&pattern.from_agent))),
    )
}

/// One pattern, whole.
pub(super) fn pattern(pattern: &MisePattern) -> String {
    let standard = pattern.standard_tasks.iter().map(open_object_text);
    Sheet::new(&pattern.name, &pattern.pattern_id)
        .text("from", &pattern.from_agent)
        .text("event", &pattern.event_id)
        .time("defined", pattern.created_at.as_ref())
        .text("tasks", &tasks(pattern).join(", "))
        .texts("each", standard)
        .texts("calls", pattern.task_interface.iter().map(open_object_text))
        .texts("example", pattern.example.lines().map(str::to_owned))
        .finish()
}

/// The names of the tasks that every service has.
fn tasks(pattern: &MisePattern) -> Vec<String> {
    pattern.standard_tasks.iter().flat_map(|tasks| tasks.fields.keys().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work_in(service: &str, state: ServiceWorkState) -> ServiceWork {
        ServiceWork {
            service: service.into(),
            state: state.into(),
            agent: "letta-ts-dev".into(),
            delegation_id: "d-1".into(),
            ..ServiceWork::default()
        }
    }

    fn task(services: Vec<ServiceWork>) -> CrossServiceTask {
        let state = CrossServiceTaskState::Active.into();
        CrossServiceTask { task_id: "t-1".into(), state, services, ..CrossServiceTask::default() }
    }

    #[test]
    fn the_next_command_follows_from_the_state() {
        use ServiceWorkState::{Completed, Delegated, Ready, Waiting};
        let mut all = task(vec![work_in("api", Ready), work_in("web", Waiting)]);
        assert_eq!(next(&all), "to go on: god33 director delegate --task t-1 --service api --to letta-ts-dev");
        all.services[0].state = Delegated.into();
        assert!(next(&all).starts_with("when api is done: god33 director complete-delegation d-1 --summary"));
        all.services = vec![work_in("api", Completed)];
        assert_eq!(next(&all), "to have it checked: god33 director request-validation --task t-1");
        all.state = CrossServiceTaskState::Validating.into();
        assert_eq!(next(&all), "when it is checked: god33 director record-validation --task t-1 --passed");
        all.validation = Some(MiseValidationCompleted { passed: Some(true), ..MiseValidationCompleted::default() });
        assert_eq!(next(&all), "to end it: god33 director complete-task t-1");
        all.state = CrossServiceTaskState::Completed.into();
        assert_eq!(next(&all), "who did what: god33 director delegations --task t-1");
    }

    #[test]
    fn a_task_is_shown_with_its_services_and_what_was_found_in_them() {
        let mut shown = task(vec![work_in("api", ServiceWorkState::Completed)]);
        shown.services.push(ServiceWork { depends_on: vec!["api".into()], ..work_in("web", ServiceWorkState::Ready) });
        shown.validation = Some(MiseValidationCompleted { summary: "bad\nnews".into(), ..Default::default() });
        let text = anstream::adapter::strip_str(&whole(&shown)).to_string();
        assert!(text.contains("services 1 of 2 done\n"), "{text}");
        assert!(text.contains("service  web  ready  letta-ts-dev  after api  d-1\n"), "{text}");
        assert!(text.contains("check    failed by -  bad news\n"), "{text}");
    }

    #[test]
    fn a_service_that_was_given_up_can_be_given_again() {
        let mut given_up = Delegation { service: "the api".into(), task_id: "t-1".into(), ..Delegation::default() };
        assert_eq!(again(&given_up), "to try again: god33 director delegate --task t-1 --service 'the api' --to AGENT");
        given_up.task_id.clear();
        assert_eq!(again(&given_up), "to try again: god33 director delegate --service 'the api' --to AGENT");
    }
}
