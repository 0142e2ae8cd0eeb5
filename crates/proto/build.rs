//! Compiles the contract into Rust. Nothing but this crate's own sources is needed: no protoc is installed or called.

use std::{
    env,
    error::Error,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use prost_reflect::{DescriptorPool, OneofDescriptor};

const PROTO_ROOT: &str = "../../proto";
const PACKAGE: &str = "god33.v1";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={PROTO_ROOT}");
    let files = proto_files(Path::new(PROTO_ROOT))?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);

    // Two compilations: the code keeps the comments, the set that goes into the binary keeps the options without them.
    let mut bare = protox::Compiler::new([PROTO_ROOT])?;
    bare.include_imports(true).open_files(&files)?;
    fs::write(out.join("descriptors.bin"), bare.encode_file_descriptor_set())?;

    let mut commented = protox::Compiler::new([PROTO_ROOT])?;
    commented.include_imports(true).include_source_info(true).open_files(&files)?;
    let pool = commented.descriptor_pool();
    tonic_prost_build::configure().compile_fds_with_config(
        commented.file_descriptor_set(),
        configure(&pool).ok_or("the contract has no EventPayload.kind")?,
    )?;
    Ok(())
}

/// Every .proto file under the root, sorted, so that the same sources always give the same code.
fn proto_files(root: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension() == Some(OsStr::new("proto")) {
                found.push(path.strip_prefix(root)?.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

fn configure(pool: &DescriptorPool) -> Option<prost_build::Config> {
    let mut config = prost_build::Config::new();
    config.bytes(["."]).btree_map(["."]);
    derive_reflection(&mut config, pool);
    box_large_fields(&mut config, &payload_kind(pool)?);
    Some(config)
}

/// Gives every message its descriptor, so that JSON, validation and the tables in `schema` need no code of their own.
fn derive_reflection(config: &mut prost_build::Config, pool: &DescriptorPool) {
    for message in pool.all_messages() {
        let name = message.full_name();
        if message.package_name() != PACKAGE || message.is_map_entry() {
            continue;
        }
        config.type_attribute(name, "#[derive(::prost_reflect::ReflectMessage)]");
        config.type_attribute(
            name,
            format!(r#"#[prost_reflect(message_name = "{name}", descriptor_pool = "crate::POOL")]"#),
        );
    }
}

/// Keeps an event small to move: what is rarely there or very different in size lives behind a pointer.
fn box_large_fields(config: &mut prost_build::Config, kind: &OneofDescriptor) {
    for field in kind.fields().filter(|field| field.name() != "custom") {
        config.boxed(field.full_name());
        config.boxed(format!("{}.{}", kind.full_name(), field.name()));
    }
    for field in ["EventEnvelope.agent_context", "EventEnvelope.bus"] {
        config.boxed(format!(".{PACKAGE}.{field}"));
    }
}

fn payload_kind(pool: &DescriptorPool) -> Option<OneofDescriptor> {
    pool.get_message_by_name("god33.v1.EventPayload")?.oneofs().find(|oneof| oneof.name() == "kind")
}
