//! Starts the binary and watches it.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tonic::transport::Channel;

/// How long anything may take before a test fails.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// A call of the binary in a folder of its own, so that no configuration file of the machine is read.
pub struct God33 {
    command: Command,
    folder: Arc<TempDir>,
}

impl God33 {
    pub fn new(arguments: &[&str]) -> Self {
        Self::in_folder(Arc::new(tempfile::tempdir().unwrap()), arguments)
    }

    pub fn in_folder(folder: Arc<TempDir>, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_god33"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GOD33_")) {
            command.env_remove(name);
        }
        command.args(arguments).current_dir(folder.path()).stdin(Stdio::null());
        Self { command, folder }
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Puts a file into its folder.
    pub fn file(self, name: &str, text: &str) -> Self {
        std::fs::write(self.folder.path().join(name), text).unwrap();
        self
    }

    /// Runs it to its end.
    pub fn run(self) -> Ended {
        let mut running = self.start();
        let code = running.ended().code().expect("an exit code");
        Ended { code, output: running.output.whole(), errors: running.errors.whole() }
    }

    /// Runs it until it is stopped.
    pub fn start(mut self) -> Running {
        let mut child = self.command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let output = Text::collect(child.stdout.take().unwrap());
        let errors = Text::collect(child.stderr.take().unwrap());
        Running { child, output, errors, folder: self.folder }
    }

    /// Starts a server and waits until it says where it is.
    pub fn serve(self) -> Running {
        let mut server = self.env("GOD33_SERVER__ADDRESS", "127.0.0.1:0").start();
        server.until("it says where it is", |server| server.output.get().contains("http://"));
        server
    }
}

/// What it said and how it ended.
pub struct Ended {
    code: i32,
    output: String,
    errors: String,
}

impl Ended {
    /// Everything that it said.
    pub fn said(&self) -> String {
        format!("{}{}", self.output, self.errors)
    }

    /// What it said when it failed with this code.
    pub fn failed_with(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}", self.said());
        self.errors
    }

    /// What it said when it succeeded.
    pub fn succeeded(self) -> String {
        assert_eq!(self.code, 0, "{}", self.said());
        self.output
    }
}

/// What comes out of a pipe, as it comes.
pub struct Text {
    so_far: Arc<Mutex<String>>,
    reader: JoinHandle<()>,
}

impl Text {
    fn collect(pipe: impl Read + Send + 'static) -> Self {
        let so_far = Arc::new(Mutex::new(String::new()));
        let collected = Arc::clone(&so_far);
        let reader = std::thread::spawn(move || {
            let mut pipe = BufReader::new(pipe);
            let mut line = String::new();
            while pipe.read_line(&mut line).is_ok_and(|length| length > 0) {
                collected.lock().unwrap().push_str(&line);
                line.clear();
            }
        });
        Self { so_far, reader }
    }

    /// What has come so far.
    pub fn get(&self) -> String {
        self.so_far.lock().unwrap().clone()
    }

    /// All of it, when the program has ended.
    pub fn whole(&self) -> String {
        let deadline = Instant::now() + DEADLINE;
        while !self.reader.is_finished() {
            assert!(Instant::now() < deadline, "the pipe stays open: {}", self.get());
            std::thread::sleep(Duration::from_millis(1));
        }
        self.get()
    }
}

/// A server that runs. It is killed when the test ends.
pub struct Running {
    child: Child,
    pub output: Text,
    pub errors: Text,
    pub folder: Arc<TempDir>,
}

impl Running {
    /// Its address, as it says it.
    pub fn address(&self) -> String {
        let output = self.output.get();
        let start = output.find("http://").expect("it says where it is");
        output[start..].split_whitespace().next().unwrap().to_owned()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        Path::new(self.folder.path()).join(name)
    }

    pub async fn channel(&self) -> Channel {
        Channel::from_shared(self.address()).unwrap().connect().await.unwrap()
    }

    /// What `god33 health` says of it.
    pub fn health(&self) -> Ended {
        God33::new(&["health", "--server", &self.address()]).run()
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits until it is so.
    pub fn until(&mut self, what: &str, mut is_so: impl FnMut(&Self) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while !is_so(self) {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && Instant::now() < deadline, "{what}: {ended:?}\n{}", self.said());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until it has ended.
    pub fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "it does not end\n{}", self.said());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Stops it in an orderly way, and gives back everything that it said.
    pub fn stop(mut self) -> String {
        self.signal(Signal::TERM);
        let status = self.ended();
        let said = self.output.whole() + &self.errors.whole();
        assert_eq!(status.code(), Some(0), "{said}");
        said
    }

    /// Everything that it has said so far.
    pub fn said(&self) -> String {
        format!("{}{}", self.output.get(), self.errors.get())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
