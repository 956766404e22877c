//! The arguments that a program is run with: a comment of its text says them, `# raddle: arguments --threads 4`. What stands
//! after `--` on the command line is added as such a comment, so that a recording, which holds the text, needs nothing else.

use std::sync::Arc;

const MARK: &str = "# raddle: arguments ";

/// The comment that gives a program these arguments.
pub fn comment(arguments: &[String]) -> String {
    format!("{MARK}{}\n", serde_json::Value::from(arguments))
}

/// The arguments that the text gives its program: those of the last such comment, words or a list of texts as JSON has it.
pub(super) fn asked_for(text: &str) -> Vec<Arc<str>> {
    let Some(list) = text.lines().rev().find_map(|line| line.strip_prefix(MARK)) else { return Vec::new() };
    let listed: Option<Vec<String>> = serde_json::from_str(list).ok();
    listed.map_or_else(
        || list.split_whitespace().map(Arc::from).collect(),
        |listed| listed.into_iter().map(Arc::from).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_comment_gives_the_arguments() {
        let asked = |text: &str| asked_for(text).iter().map(|argument| argument.to_string()).collect::<Vec<_>>();
        assert_eq!(asked("print(1)\n"), [""; 0]);
        assert_eq!(asked("# raddle: arguments --threads  4\nprint(1)\n"), ["--threads", "4"]);
        let odd = ["a b".to_owned(), "\"\n".to_owned(), String::new(), "[x]".to_owned()];
        assert_eq!(asked(&format!("# raddle: arguments 1\n{}", comment(&odd))), odd);
    }
}
