//! The servers of one run of tests or measurements.

use anyhow::{Result, bail};

use super::verbs::{down_after_test_run, up_for_test_run};
use super::{Instance, Urls};
use crate::report;

/// Servers that are gone when this is dropped, however that happens.
pub(crate) struct Running {
    instance: Option<Instance>,
}

impl Running {
    /// Starts them, unless `DATABASE_URL` and `AMQP_URL` give them.
    pub(crate) fn start() -> Result<(Self, Urls)> {
        let (instance, urls) = up_for_test_run()?;
        Ok((Self { instance: Some(instance) }, urls))
    }

    /// Stops them and removes what they wrote.
    pub(crate) fn stop(mut self) -> Result<()> {
        match self.instance.take() {
            Some(instance) => down_after_test_run(&instance),
            None => bail!("the servers were stopped already"),
        }
    }

    /// Lets them go on, and says how to reach and to remove them.
    pub(crate) fn keep(mut self) -> Result<()> {
        let Some(instance) = self.instance.take() else {
            bail!("the servers were stopped already");
        };
        report::line("`cargo xtask services down` removes them:");
        let urls = instance.release()?;
        for (name, value) in urls.environment() {
            report::line(format!("export {name}='{value}'"));
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(Err(error)) = self.instance.take().map(|instance| instance.down()) {
            report::error(&error);
        }
    }
}
