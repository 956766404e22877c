//! Prints the module graph of a part of raddle from the paths in its code: its floors, the arrows that lead upwards, and
//! the circles with what makes them. `cargo run --example graph -- machine`; with `--arrows`, every arrow too.
#![expect(clippy::print_stdout, reason = "it prints what it found")]

#[path = "../../tests/support/code.rs"]
mod code;
#[path = "../../tests/support/graph.rs"]
mod graph;

use graph::Graph;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let mut part = "machine".to_owned();
    let mut all = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--arrows" => all = true,
            _ => part = argument,
        }
    }
    let mut files = Vec::new();
    read(Path::new(env!("CARGO_MANIFEST_DIR")), "src", &mut files)?;
    let graph = Graph::of(&part, files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    if all {
        println!("{graph:#}");
    } else {
        println!("{graph}");
    }
    Ok(())
}

/// Every Rust file below `folder`, by its path from the root, with its text.
fn read(root: &Path, folder: &str, found: &mut Vec<(String, String)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(root, &path, found)?;
        } else if path.ends_with(".rs") {
            found.push((path, std::fs::read_to_string(entry.path())?));
        }
    }
    Ok(())
}
