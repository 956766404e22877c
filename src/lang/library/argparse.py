# Arguments of the command line.

import sys as _sys
import textwrap as _textwrap
from os.path import basename as _basename

SUPPRESS = "==SUPPRESS=="
OPTIONAL = "?"
ZERO_OR_MORE = "*"
ONE_OR_MORE = "+"
PARSER = "A..."
REMAINDER = "..."

_WIDTH = 78


class ArgumentError(Exception):
    def __init__(self, argument, message):
        self.argument_name = None if argument is None else argument._called()
        self.message = message

    def __str__(self):
        if self.argument_name is None:
            return self.message
        return f"argument {self.argument_name}: {self.message}"


class ArgumentTypeError(Exception):
    pass


class Namespace:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __repr__(self):
        named = [f"{name}={value!r}" for name, value in vars(self).items() if name.isidentifier()]
        others = {name: value for name, value in vars(self).items() if not name.isidentifier()}
        return "Namespace(" + ", ".join(named + ([f"**{others!r}"] if others else [])) + ")"

    def __eq__(self, other):
        if not isinstance(other, Namespace):
            return NotImplemented
        return vars(self) == vars(other)

    def __contains__(self, key):
        return key in vars(self)


class HelpFormatter:
    raw_description = False
    raw_help = False
    shows_defaults = False
    shows_types = False


class RawDescriptionHelpFormatter(HelpFormatter):
    raw_description = True


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    raw_help = True


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    shows_defaults = True


class MetavarTypeHelpFormatter(HelpFormatter):
    shows_types = True


class Action:
    takes = None

    def __init__(
        self,
        option_strings,
        dest,
        nargs=None,
        const=None,
        default=None,
        type=None,
        choices=None,
        required=False,
        help=None,
        metavar=None,
    ):
        self.option_strings = option_strings
        self.dest = dest
        self.nargs = nargs if self.takes is None else self.takes
        self.const = const
        self.default = default
        self.type = type
        self.choices = choices
        self.required = required
        self.help = help
        self.metavar = metavar

    def _called(self):
        if self.option_strings:
            return "/".join(self.option_strings)
        if self.metavar not in (None, SUPPRESS):
            return self.metavar if isinstance(self.metavar, str) else "/".join(self.metavar)
        if self.dest not in (None, SUPPRESS):
            return self.dest
        return "{" + ",".join(self.choices) + "}" if self.choices else None

    def format_usage(self):
        return self.option_strings[0]

    def __call__(self, parser, namespace, values, option_string=None):
        raise NotImplementedError(".__call__() not defined")


class _Store(Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values)


class _Constant(Action):
    takes = 0

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, self.const)


class _Append(Action):
    def __call__(self, parser, namespace, values, option_string=None):
        before = getattr(namespace, self.dest, None)
        setattr(namespace, self.dest, [*(before or []), values])


class _AppendConstant(Action):
    takes = 0

    def __call__(self, parser, namespace, values, option_string=None):
        before = getattr(namespace, self.dest, None)
        setattr(namespace, self.dest, [*(before or []), self.const])


class _Extend(Action):
    def __call__(self, parser, namespace, values, option_string=None):
        before = getattr(namespace, self.dest, None)
        setattr(namespace, self.dest, [*(before or []), *values])


class _Count(Action):
    takes = 0

    def __call__(self, parser, namespace, values, option_string=None):
        before = getattr(namespace, self.dest, None)
        setattr(namespace, self.dest, (before or 0) + 1)


class _Help(Action):
    takes = 0

    def __call__(self, parser, namespace, values, option_string=None):
        parser.print_help()
        parser.exit()


class _Version(Action):
    takes = 0

    def __call__(self, parser, namespace, values, option_string=None):
        text = self.const if self.const is not None else ""
        _sys.stdout.write(_filled(text % {"prog": parser.prog}, _WIDTH, "") + "\n")
        parser.exit()


class BooleanOptionalAction(Action):
    takes = 0

    def __init__(self, option_strings, dest, default=None, **kwargs):
        both = []
        for option in option_strings:
            both.append(option)
            if option.startswith("--"):
                both.append("--no-" + option[2:])
        super().__init__(both, dest, default=default, **kwargs)
        if self.help is not None and default not in (None, SUPPRESS):
            self.help += " (default: %(default)s)"

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, not option_string.startswith("--no-"))

    def format_usage(self):
        return " | ".join(self.option_strings)


class _Subparsers(Action):
    def __init__(self, parser, prog, dest, title, description, required, help, metavar):
        super().__init__([], SUPPRESS if dest is None else dest, nargs=PARSER, required=required, help=help, metavar=metavar)
        self._prog = prog
        self._parser = parser
        self._entries = []
        self.choices = {}

    def add_parser(self, name, *, help=None, aliases=(), **kwargs):
        if kwargs.get("prog") is None:
            kwargs["prog"] = f"{self._prog} {name}"
        made = type(self._parser)(**kwargs)
        for known in [name, *aliases]:
            self.choices[known] = made
        if help is not None:
            shown = name + (f" ({', '.join(aliases)})" if aliases else "")
            self._entries.append((shown, help))
        return made

    def __call__(self, parser, namespace, values, option_string=None):
        name = values[0]
        if self.dest != SUPPRESS:
            setattr(namespace, self.dest, name)
        if name not in self.choices:
            names = ", ".join(self.choices)
            raise ArgumentError(self, f"unknown parser {name!r} (choices: {names})")
        inner, rest = self.choices[name].parse_known_args(values[1:], None)
        for key, value in vars(inner).items():
            setattr(namespace, key, value)
        parser._unknown.extend(rest)


_ACTIONS = {
    None: _Store,
    "store": _Store,
    "store_const": _Constant,
    "store_true": _Constant,
    "store_false": _Constant,
    "append": _Append,
    "append_const": _AppendConstant,
    "extend": _Extend,
    "count": _Count,
    "help": _Help,
    "version": _Version,
}


class _Group:
    def __init__(self, parser, title=None, description=None, required=False):
        self._parser = parser
        self.title = title
        self.description = description
        self.required = required
        self._members = []

    def add_argument(self, *flags, **options):
        action = self._parser._made(flags, options)
        self._parser._place(action, self)
        return action

    def add_argument_group(self, title=None, description=None):
        return self._parser.add_argument_group(title, description)

    def add_mutually_exclusive_group(self, *, required=False):
        group = _Exclusive(self._parser, None, None, required)
        group._shown_in = self
        self._parser._exclusive.append(group)
        return group


class _Exclusive(_Group):
    _shown_in = None

    def add_argument(self, *flags, **options):
        action = self._parser._made(flags, options)
        if action.required:
            raise ValueError("mutually exclusive arguments must be optional")
        self._parser._place(action, self._shown_in)
        self._members.append(action)
        return action


def _filled(text, width, margin):
    return _textwrap.fill(" ".join(text.split()), width, initial_indent=margin, subsequent_indent=margin)


# How many of `count` arguments each of some positional actions takes: as many actions as can be served, from the first.
def _shares(wanted, count):
    for served in range(len(wanted), 0, -1):
        found = _split(wanted, 0, served, count)
        if found is not None:
            return found
    return []


def _bounds(nargs):
    if nargs is None:
        return 1, 1
    if nargs == "?":
        return 0, 1
    if nargs in ("*", "..."):
        return 0, None
    if nargs in ("+", "A..."):
        return 1, None
    if nargs == SUPPRESS:
        return 0, 0
    return nargs, nargs


def _split(wanted, at, served, count):
    if at == served:
        return []
    least, most = _bounds(wanted[at])
    most = count if most is None else min(most, count)
    for taken in range(most, least - 1, -1):
        rest = _split(wanted, at + 1, served, count - taken)
        if rest is not None:
            return [taken, *rest]
    return None


class ArgumentParser:
    def __init__(
        self,
        prog=None,
        usage=None,
        description=None,
        epilog=None,
        parents=(),
        formatter_class=HelpFormatter,
        prefix_chars="-",
        fromfile_prefix_chars=None,
        argument_default=None,
        conflict_handler="error",
        add_help=True,
        allow_abbrev=True,
        exit_on_error=True,
    ):
        self.prog = _basename(_sys.argv[0]) if prog is None else prog
        self.usage = usage
        self.description = description
        self.epilog = epilog
        self.formatter_class = formatter_class
        self.prefix_chars = prefix_chars
        self.argument_default = argument_default
        self.conflict_handler = conflict_handler
        self.add_help = add_help
        self.allow_abbrev = allow_abbrev
        self.exit_on_error = exit_on_error
        self._actions = []
        self._options = {}
        self._defaults = {}
        self._exclusive = []
        self._subparsers = None
        self._unknown = []
        self._numbers = False
        self._positionals = _Group(self, "positional arguments")
        self._optionals = _Group(self, "options")
        self._groups = [self._positionals, self._optionals]
        if add_help:
            self.add_argument("-h", "--help", action="help", default=SUPPRESS, help="show this help message and exit")
        for parent in parents:
            self._adopt(parent)

    def _adopt(self, parent):
        for group in parent._groups:
            ours = self._optionals if group is parent._optionals else self._positionals
            if group is not parent._optionals and group is not parent._positionals:
                ours = self.add_argument_group(group.title, group.description)
            for action in group._members:
                self._place(action, ours)
        self._exclusive.extend(parent._exclusive)
        self._defaults.update(parent._defaults)

    def add_argument(self, *flags, **options):
        action = self._made(flags, options)
        self._place(action, None)
        return action

    def add_argument_group(self, title=None, description=None):
        group = _Group(self, title, description)
        self._groups.append(group)
        return group

    def add_mutually_exclusive_group(self, *, required=False):
        group = _Exclusive(self, None, None, required)
        self._exclusive.append(group)
        return group

    def add_subparsers(
        self,
        *,
        title=None,
        description=None,
        prog=None,
        parser_class=None,
        action=None,
        dest=None,
        required=False,
        help=None,
        metavar=None,
    ):
        if self._subparsers is not None:
            self.error("cannot have multiple subparser arguments")
        if prog is None:
            words = [self.prog]
            for before in self._actions:
                if not before.option_strings:
                    words.append(self._arguments(before))
            prog = " ".join(words)
        group = None
        if title or description:
            group = self.add_argument_group(title or "subcommands", description)
        self._subparsers = _Subparsers(self, prog, dest, title, description, required, help, metavar)
        self._place(self._subparsers, group)
        return self._subparsers

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)

    def _default(self, action):
        return self._defaults.get(action.dest, action.default)

    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest and self._default(action) is not None:
                return self._default(action)
        return self._defaults.get(dest)

    # Makes an action of what `add_argument` was given.
    def _made(self, flags, options):
        options = dict(options)
        kind = options.pop("action", None)
        if isinstance(kind, str) or kind is None:
            if kind not in _ACTIONS:
                raise ValueError(f'unknown action "{kind}"')
            made = _ACTIONS[kind]
        else:
            made = kind
        positional = not flags or (len(flags) == 1 and flags[0][:1] not in self.prefix_chars)
        if positional:
            if flags and "dest" in options:
                raise ValueError("dest supplied twice for positional argument")
            dest = options.pop("dest", None) if not flags else flags[0]
            if "required" in options:
                raise TypeError("'required' is an invalid argument for positionals")
            nargs = options.get("nargs")
            options["required"] = nargs not in ("?", "*", REMAINDER, SUPPRESS) or (nargs == "*" and "default" not in options)
            names = []
        else:
            for flag in flags:
                if flag[:1] not in self.prefix_chars:
                    raise ValueError(f"invalid option string {flag!r}: must start with a character {self.prefix_chars!r}")
            long = [flag for flag in flags if len(flag) > 1 and flag[1] in self.prefix_chars]
            dest = options.pop("dest", None) or (long or list(flags))[0].lstrip(self.prefix_chars).replace("-", "_")
            if not dest:
                raise ValueError(f"dest= is required for options like {flags[0]!r}")
            names = list(flags)
        if "default" not in options:
            if dest in self._defaults:
                options["default"] = self._defaults[dest]
            elif self.argument_default is not None:
                options["default"] = self.argument_default
        if kind == "store_true":
            options["const"] = True
            options.setdefault("default", False)
        elif kind == "store_false":
            options["const"] = False
            options.setdefault("default", True)
        elif kind == "version":
            options["const"] = options.pop("version", None)
            options.setdefault("help", "show program's version number and exit")
            options["default"] = SUPPRESS
        elif kind in ("help",):
            options["default"] = SUPPRESS
        if isinstance(kind, str) and kind in ("store", "append") and options.get("nargs") == 0:
            raise ValueError(f"nargs for {kind} actions must be != 0; if you have nothing to store, actions such as store true or store const may be more appropriate")
        if options.get("type") is not None and not callable(options["type"]):
            raise ValueError(f"{options['type']!r} is not callable")
        return made(names, dest, **options)

    def _place(self, action, group):
        if group is None:
            group = self._optionals if action.option_strings else self._positionals
        clashes = [name for name in action.option_strings if name in self._options]
        if clashes and self.conflict_handler != "resolve":
            plural = "s" if len(clashes) > 1 else ""
            raise ArgumentError(action, f"conflicting option string{plural}: {', '.join(clashes)}")
        for name in clashes:
            self._options[name].option_strings.remove(name)
        for name in action.option_strings:
            self._options[name] = action
            if len(name) > 1 and name[0] == "-" and name[1].isdigit():
                self._numbers = True
        self._actions.append(action)
        group._members.append(action)

    def parse_args(self, args=None, namespace=None):
        parsed, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return parsed

    def parse_known_args(self, args=None, namespace=None):
        args = list(_sys.argv[1:]) if args is None else list(args)
        namespace = Namespace() if namespace is None else namespace
        for action in self._actions:
            default = self._default(action)
            if action.dest is not SUPPRESS and default is not SUPPRESS and not hasattr(namespace, action.dest):
                setattr(namespace, action.dest, default)
        for dest, value in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        self._unknown = []
        if not self.exit_on_error:
            self._parse(args, namespace)
        else:
            try:
                self._parse(args, namespace)
            except ArgumentError as error:
                self.error(str(error))
        return namespace, self._unknown

    # What an argument is: `None` for a value, else the action that it names, how it is called, and the value behind `=`.
    def _option(self, arg):
        if not arg or arg[0] not in self.prefix_chars:
            return None
        if arg in self._options:
            return self._options[arg], arg, None
        if len(arg) == 1:
            return None
        name, equals, value = arg.partition("=")
        if equals and name in self._options:
            return self._options[name], name, value
        found = self._near(arg)
        if len(found) > 1:
            names = ", ".join([option[1] for option in found])
            raise ArgumentError(None, f"ambiguous option: {arg} could match {names}")
        if found:
            return found[0]
        if self._is_number(arg) and not self._numbers:
            return None
        if " " in arg:
            return None
        return None, arg, None

    def _near(self, arg):
        found = []
        if arg[1] in self.prefix_chars:
            if self.allow_abbrev:
                name, equals, value = arg.partition("=")
                for option in self._options:
                    if option.startswith(name):
                        found.append((self._options[option], option, value if equals else None))
            return found
        for option in self._options:
            if option == arg[:2]:
                found.append((self._options[option], option, arg[2:]))
            elif option.startswith(arg):
                found.append((self._options[option], option, None))
        return found

    def _is_number(self, arg):
        digits = arg[1:]
        whole, dot, part = digits.partition(".")
        if dot:
            return (whole == "" or whole.isdigit()) and part.isdigit()
        return digits.isdigit()

    def _parse(self, args, namespace):
        marks = []
        for arg in args:
            if marks and marks[-1] in ("--", "A--"):
                marks.append("A--")
            elif arg == "--":
                marks.append("--")
            else:
                marks.append(self._option(arg))
        waiting = [action for action in self._actions if not action.option_strings]
        seen = []
        at = 0
        options = [index for index in range(len(args)) if isinstance(marks[index], tuple)]
        while options and at <= options[-1]:
            next_option = [index for index in options if index >= at][0]
            if at != next_option:
                end = self._take_positionals(args, marks, at, waiting, namespace, seen)
                if end > at:
                    at = end
                    continue
            if at not in options:
                self._unknown.extend(args[at:next_option])
                at = next_option
            at = self._take_option(args, marks, at, namespace, seen)
        at = self._take_positionals(args, marks, at, waiting, namespace, seen)
        self._unknown.extend([arg for index, arg in enumerate(args) if index >= at])
        self._check(waiting, namespace, seen)

    def _take_positionals(self, args, marks, at, waiting, namespace, seen):
        end = at
        values = []
        while end < len(args) and not isinstance(marks[end], tuple):
            if marks[end] != "--":
                values.append(end)
            end += 1
        # Whatever follows belongs to what takes the rest.
        if waiting and waiting[0].nargs in (REMAINDER, PARSER) and (values or waiting[0].nargs == REMAINDER):
            wanted = waiting.pop(0)
            self._give(wanted, [args[index] for index in range(at, len(args))], namespace, None, seen)
            return len(args)
        for place, action in enumerate(waiting):
            if action.nargs in (REMAINDER, PARSER):
                shares = _shares([before.nargs for before in waiting[:place]] + [None], len(values))
                if len(shares) == place + 1:
                    return self._take_rest(args, values, shares, waiting, namespace, seen)
        shares = _shares([action.nargs for action in waiting], len(values))
        taken = 0
        for share in shares:
            action = waiting.pop(0)
            given = [args[index] for index in values[taken : taken + share]]
            taken += share
            self._give(action, given, namespace, None, seen)
        if taken == len(values):
            return end
        return values[taken]

    def _take_rest(self, args, values, shares, waiting, namespace, seen):
        taken = 0
        for share in shares[:-1]:
            given = [args[index] for index in values[taken : taken + share]]
            taken += share
            self._give(waiting.pop(0), given, namespace, None, seen)
        self._give(waiting.pop(0), [args[index] for index in range(values[taken], len(args))], namespace, None, seen)
        return len(args)

    def _take_option(self, args, marks, at, namespace, seen):
        action, name, value = marks[at]
        if action is None:
            self._unknown.append(args[at])
            return at + 1
        while action.nargs == 0 and value is not None:
            # `-abc` is `-a -b -c`.
            if name[1:2] in self.prefix_chars or not value:
                raise ArgumentError(action, f"ignored explicit argument {value!r}")
            self._give(action, [], namespace, name, seen)
            name = name[0] + value[0]
            if name not in self._options:
                raise ArgumentError(action, f"ignored explicit argument {value!r}")
            action = self._options[name]
            value = value[1:] or None
        at += 1
        if value is not None:
            least, most = _bounds(action.nargs)
            if least > 1 or most == 0:
                raise ArgumentError(action, _expected(action.nargs))
            self._give(action, [value], namespace, name, seen)
            return at
        end = at
        while end < len(args) and not isinstance(marks[end], tuple) and marks[end] != "--":
            end += 1
        if action.nargs == REMAINDER:
            end = len(args)
        least, most = _bounds(action.nargs)
        count = end - at if most is None else min(end - at, most)
        if count < least:
            raise ArgumentError(action, _expected(action.nargs))
        self._give(action, args[at : at + count], namespace, name, seen)
        return at + count

    def _give(self, action, given, namespace, name, seen):
        values = self._values(action, given)
        seen.append(action)
        if given or action.option_strings:
            for group in self._exclusive:
                if action in group._members:
                    for other in group._members:
                        if other is not action and other in seen:
                            raise ArgumentError(action, f"not allowed with argument {other._called()}")
        if values is not SUPPRESS:
            action(self, namespace, values, name)

    def _values(self, action, given):
        if action.nargs not in (PARSER, REMAINDER) and "--" in given:
            given = [value for value in given if value != "--"]
        if not given and action.nargs == "?":
            value = action.const if action.option_strings else self._default(action)
            if isinstance(value, str):
                value = self._converted(action, value)
            return value
        if not given and action.nargs == "*" and not action.option_strings:
            return given if self._default(action) is None else self._default(action)
        if action.nargs == SUPPRESS:
            return SUPPRESS
        if action.nargs in (None, "?"):
            value = self._converted(action, given[0])
            self._check_choice(action, value)
            return value
        values = [self._converted(action, value) for value in given]
        if action.nargs == PARSER:
            self._check_choice(action, values[0])
        elif action.nargs != REMAINDER:
            for value in values:
                self._check_choice(action, value)
        return values

    def _converted(self, action, text):
        if action.type is None:
            return text
        try:
            return action.type(text)
        except ArgumentTypeError as error:
            message = str(error)
        except (TypeError, ValueError):
            name = getattr(action.type, "__name__", repr(action.type))
            message = f"invalid {name} value: {text!r}"
        raise ArgumentError(action, message)

    def _check_choice(self, action, value):
        if action.choices is not None and value not in action.choices:
            choices = ", ".join([repr(choice) for choice in action.choices])
            raise ArgumentError(action, f"invalid choice: {value!r} (choose from {choices})")

    def _check(self, waiting, namespace, seen):
        missing = []
        for action in self._actions:
            if action in seen:
                continue
            if action.required:
                missing.append(str(action._called()))
            elif isinstance(self._default(action), str) and action.dest is not SUPPRESS:
                if getattr(namespace, action.dest, None) == self._default(action):
                    setattr(namespace, action.dest, self._converted(action, self._default(action)))
        if missing:
            self.error(f"the following arguments are required: {', '.join(missing)}")
        for group in self._exclusive:
            if group.required and not any([action in seen for action in group._members]):
                names = [action._called() for action in group._members if action.help is not SUPPRESS]
                self.error(f"one of the arguments {' '.join(names)} is required")

    def exit(self, status=0, message=None):
        if message:
            _sys.stderr.write(message)
        _sys.exit(status)

    def error(self, message):
        self.print_usage(_sys.stderr)
        self.exit(2, f"{self.prog}: error: {message}\n")

    def print_usage(self, file=None):
        (_sys.stdout if file is None else file).write(self.format_usage())

    def print_help(self, file=None):
        (_sys.stdout if file is None else file).write(self.format_help())

    def _metavar(self, action):
        if action.metavar is not None:
            return action.metavar
        if action.choices is not None:
            return "{" + ",".join([str(choice) for choice in action.choices]) + "}"
        if self.formatter_class.shows_types and action.type is not None:
            return action.type.__name__
        return action.dest.upper() if action.option_strings else action.dest

    # The arguments of an action as usage shows them.
    def _arguments(self, action):
        shown = self._metavar(action)
        if action.nargs is None:
            return shown
        several = shown if isinstance(shown, tuple) else None
        first = several[0] if several else shown
        last = several[-1] if several else shown
        if action.nargs == "?":
            return f"[{first}]"
        if action.nargs == "*":
            return f"[{first} [{last} ...]]" if several and len(several) == 2 else f"[{first} ...]"
        if action.nargs == "+":
            return f"{first} [{last} ...]"
        if action.nargs == REMAINDER:
            return "..."
        if action.nargs == PARSER:
            return f"{first} ..."
        if action.nargs == SUPPRESS:
            return ""
        return " ".join(several or [shown] * action.nargs)

    def _part(self, action, bare):
        if not action.option_strings:
            return self._arguments(action)
        text = action.format_usage()
        if action.nargs != 0:
            text += " " + self._arguments(action)
        return text if action.required or bare else f"[{text}]"

    def _parts(self, actions):
        parts = []
        done = []
        for action in actions:
            if action.help is SUPPRESS or action in done:
                continue
            group = None
            for exclusive in self._exclusive:
                members = exclusive._members
                if action is members[0] and all([member in actions for member in members]):
                    group = exclusive
            if group is None:
                parts.append(self._part(action, False))
                continue
            members = [member for member in group._members if member.help is not SUPPRESS]
            done.extend(group._members)
            shown = [self._part(member, True) for member in members]
            if len(shown) == 1 and not group.required:
                parts.append(f"[{shown[0]}]")
                continue
            opening, closing = ("(", ")") if group.required else ("[", "]")
            if len(shown) == 1:
                opening = closing = ""
            for index, text in enumerate(shown):
                left = opening if index == 0 else "| "
                parts.append(left + text + (closing if index == len(shown) - 1 else ""))
        return parts

    def _usage(self):
        if self.usage is not None:
            return "usage: " + self.usage % {"prog": self.prog}
        optionals = [action for action in self._actions if action.option_strings]
        positionals = [action for action in self._actions if not action.option_strings]
        left, right = self._parts(optionals), self._parts(positionals)
        whole = "usage: " + " ".join([self.prog, *left, *right])
        if len(whole) <= _WIDTH:
            return whole
        return self._long_usage(left, right)

    def _long_usage(self, left, right):
        start = len("usage: ")
        if len(self.prog) + start <= 0.75 * _WIDTH:
            margin = " " * (start + len(self.prog) + 1)
            if left:
                lines = _lines([self.prog, *left], margin, start) + _lines(right, margin, None)
            else:
                lines = _lines([self.prog, *right], margin, start)
        else:
            margin = " " * start
            lines = _lines([*left, *right], margin, None)
            if len(lines) > 1:
                lines = _lines(left, margin, None) + _lines(right, margin, None)
            lines = [self.prog, *lines]
        return "usage: " + "\n".join(lines)

    def format_usage(self):
        return self._usage() + "\n"

    def _invocation(self, action):
        if not action.option_strings:
            shown = self._metavar(action)
            return shown if isinstance(shown, str) else " ".join(shown)
        if action.nargs == 0:
            return ", ".join(action.option_strings)
        arguments = self._arguments(action)
        return ", ".join([f"{name} {arguments}" for name in action.option_strings])

    def _described(self, text):
        text = text % {"prog": self.prog} if "%(prog)" in text else text
        if self.formatter_class.raw_description:
            return text
        return _filled(text, _WIDTH, "")

    def _explained(self, action):
        text = action.help
        if self.formatter_class.shows_defaults and "%(default)" not in text and action.default is not SUPPRESS:
            if action.option_strings or action.nargs in ("?", "*"):
                text += " (default: %(default)s)"
        values = {name: value for name, value in vars(action).items() if value is not SUPPRESS}
        if "default" in values:
            values["default"] = self._default(action)
        values["prog"] = self.prog
        for name in values:
            if hasattr(values[name], "__name__"):
                values[name] = values[name].__name__
        if values.get("choices") is not None:
            values["choices"] = ", ".join([str(choice) for choice in values["choices"]])
        return text % values

    def _rows(self, group):
        rows = []
        for action in group._members:
            if action.help is SUPPRESS:
                continue
            rows.append((2, self._invocation(action), None if action.help is None else self._explained(action)))
            if isinstance(action, _Subparsers):
                rows.extend([(4, name, text) for name, text in action._entries])
        return rows

    def _written(self, rows, position):
        lines = []
        width = max(_WIDTH - position, 11)
        for margin, shown, text in rows:
            if text is None or not text.strip():
                lines.append(" " * margin + shown)
                continue
            if self.formatter_class.raw_help:
                wrapped = text.splitlines()
            else:
                wrapped = _textwrap.wrap(" ".join(text.split()), width)
            if len(shown) <= position - margin - 2:
                first = (" " * margin + shown).ljust(position) + wrapped[0]
            else:
                lines.append(" " * margin + shown)
                first = " " * position + wrapped[0]
            lines.append(first)
            lines.extend([" " * position + line for line in wrapped[1:]])
        return lines

    def format_help(self):
        sections = [self._usage()]
        if self.description:
            sections.append(self._described(self.description))
        groups = [(group, self._rows(group)) for group in self._groups]
        lengths = [margin + len(shown) for _, rows in groups for margin, shown, _ in rows]
        position = min(max([*lengths, 0]) + 2, 24)
        for group, rows in groups:
            lines = []
            if group.description:
                text = group.description
                lines.append(text if self.formatter_class.raw_description else _filled(text, _WIDTH, "  "))
                if rows:
                    lines.append("")
            lines.extend(self._written(rows, position))
            if lines:
                title = [] if group.title is None else [group.title + ":"]
                sections.append("\n".join(title + lines))
        if self.epilog:
            sections.append(self._described(self.epilog))
        return "\n\n".join([section.strip("\n") for section in sections]) + "\n"


def _expected(nargs):
    if nargs is None:
        return "expected one argument"
    if nargs == "?":
        return "expected at most one argument"
    if nargs == "+":
        return "expected at least one argument"
    return f"expected {nargs} argument{'' if nargs == 1 else 's'}"


# Usage in lines, the first of which may begin behind `usage: `.
def _lines(parts, margin, begun):
    lines = []
    line = []
    length = len(margin) - 1 if begun is None else begun - 1
    for part in parts:
        if length + 1 + len(part) > _WIDTH and line:
            lines.append(margin + " ".join(line))
            line = []
            length = len(margin) - 1
        line.append(part)
        length += len(part) + 1
    if line:
        lines.append(margin + " ".join(line))
    if begun is not None and lines:
        lines[0] = lines[0][len(margin) :]
    return lines
