//! Making a program that differs smaller, as long as it differs.

use super::grammar::{Node, Program};

/// The most programs that are tried.
const ATTEMPTS: usize = 400;

/// The smallest program found that still differs. Statements are left out, several at a time and then one by one, and
/// blocks give way to what is inside them.
pub(crate) fn reduce(program: Program, mut differs: impl FnMut(&Program) -> bool) -> Program {
    let mut smallest = program;
    let mut left = ATTEMPTS;
    loop {
        let before = smallest.size();
        for file in 0..smallest.files.len() {
            pass(&mut smallest, file, &mut left, &mut differs);
        }
        if left == 0 || smallest.size() == before {
            return smallest;
        }
    }
}

/// Tries every change to a file once, the largest first.
fn pass(smallest: &mut Program, file: usize, left: &mut usize, differs: &mut impl FnMut(&Program) -> bool) {
    let mut attempt = |smallest: &mut Program, changed: Program| {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        let smaller = differs(&changed);
        if smaller {
            *smallest = changed;
        }
        smaller
    };
    // Bodies are named by the way to them; a change to one of them may end the ways behind it.
    let mut index = 0;
    while let Some(way) = ways(&smallest.files[file].1).get(index).cloned() {
        let mut size = body(&mut smallest.files[file].1, &way).map_or(0, |body| body.len());
        while size > 0 {
            let mut from = 0;
            while let Some(length) =
                body(&mut smallest.files[file].1, &way).map(|body| body.len()).filter(|length| from < *length)
            {
                let mut changed = smallest.clone();
                if let Some(body) = body(&mut changed.files[file].1, &way) {
                    body.drain(from..(from + size).min(length));
                }
                if !attempt(smallest, changed) {
                    from += size;
                }
            }
            size /= 2;
        }
        let length = body(&mut smallest.files[file].1, &way).map_or(0, |body| body.len());
        for at in (0..length).rev() {
            for changed in unwrapped(smallest, file, &way, at) {
                if attempt(smallest, changed) {
                    break;
                }
            }
        }
        index += 1;
    }
}

/// The program with the block at that place replaced by one of its bodies, or without one of its later clauses.
fn unwrapped(program: &Program, file: usize, way: &[(usize, usize)], at: usize) -> Vec<Program> {
    let mut copy = program.clone();
    let Some(Node::Block(clauses)) = body(&mut copy.files[file].1, way).and_then(|body| body.get(at).cloned()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (index, (_, inner)) in clauses.iter().enumerate() {
        let mut changed = program.clone();
        if let Some(body) = body(&mut changed.files[file].1, way) {
            body.splice(at..=at, inner.iter().cloned());
        }
        found.push(changed);
        if index > 0 {
            let mut fewer = clauses.clone();
            fewer.remove(index);
            let mut changed = program.clone();
            if let Some(body) = body(&mut changed.files[file].1, way) {
                body[at] = Node::Block(fewer);
            }
            found.push(changed);
        }
    }
    found
}

/// The ways to all bodies: at each step the number of a block, and of one of its clauses.
fn ways(nodes: &[Node]) -> Vec<Vec<(usize, usize)>> {
    let mut found = vec![Vec::new()];
    for (at, node) in nodes.iter().enumerate() {
        let Node::Block(clauses) = node else { continue };
        for (clause, (_, body)) in clauses.iter().enumerate() {
            found.extend(ways(body).into_iter().map(|rest| [vec![(at, clause)], rest].concat()));
        }
    }
    found
}

fn body<'p>(nodes: &'p mut Vec<Node>, way: &[(usize, usize)]) -> Option<&'p mut Vec<Node>> {
    match way.split_first() {
        None => Some(nodes),
        Some((&(at, clause), rest)) => match nodes.get_mut(at)? {
            Node::Block(clauses) => body(&mut clauses.get_mut(clause)?.1, rest),
            Node::Line(_) => None,
        },
    }
}
