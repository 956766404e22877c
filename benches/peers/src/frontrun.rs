//! frontrun: the Python file itself in CPython, whose threads go as frontrun lets them, one execution after the other that
//! differs by more than the order of independent steps. A step is an operation of a lock or an access to something shared
//! that frontrun sees in the bytecode. It looks at every execution, without its usual bound of two preemptions.

use crate::program::Program;
use crate::python;

/// The script: the program is read anew for each execution.
pub fn script(program: Program) -> String {
    let text = python::text(program);
    let stops = if program.is_explored_whole() { "False" } else { "True" };
    format!(
        r#"import frontrun, time, types

SOURCE = compile({definitions:?}, __file__, "exec")


def fresh():
    module = types.ModuleType("program")
    exec(SOURCE, module.__dict__)
    module.threads = eval({threads:?}, module.__dict__)
    return module


def thread(index):
    def go(module):
        work, arguments = module.threads[index]
        work(*arguments)
    return go


began = time.monotonic()
result = frontrun.explore(
    setup=fresh,
    workers=[thread(index) for index in range(len(fresh().threads))],
    invariant=lambda module: True,
    preemption_bound=None,
    stop_on_first={stops},
    detect_io=False,
    reproduce_on_failure=0,
)
answers = {{True: "clean", False: "defect", None: "none"}}
print(f"answer={{answers[result.property_holds]}} counted={{result.num_explored}} seconds={{time.monotonic() - began}}")
if result.property_holds is None:
    print(result.inconclusive_reason)
"#,
        definitions = text.definitions,
        threads = text.threads,
    )
}
