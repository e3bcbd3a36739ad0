import type { Command } from 'commander';
import { UsageError } from '../error-message.ts';

/** So much of a value is repeated. */
const SHOWN = 60;

/** What a command was asked to do, as its caller wrote it; null where it has no word for it, and its own sentence follows. */
type Asked = (called: Command) => string | null;

/** The options that only some things that a command does make use of, each with those. */
type Uses = Readonly<Record<string, readonly string[]>>;

/**
 * Has a command refuse options that do nothing with what it was asked to do: a caller who gives one expects it to count, above
 * all one that says to write nothing.
 */
export function refuseUnusedOptions(command: Command, asked: Asked, uses: Uses): Command {
  return command.hook('preAction', (_root, called) => {
    const what = asked(called);
    if (what === null) return;
    for (const option of called.options) {
      const name = option.attributeName();
      const isGiven = called.getOptionValueSource(name) === 'cli';
      if (!isGiven || uses[name]?.includes(what) !== false) continue;
      const flag = option.long ?? name;
      throw new UsageError(
        `${flag} does nothing with ${what}; leave it out, see mingce ${called.name()} --help. ${flag} 对 ${what} 不起作用，请去掉。`,
      );
    }
  });
}

/** A command is asked by its first argument; a word that it does not know is refused by itself. */
export function byAction(actions: readonly string[]): Asked {
  return ({ args: [action = ''] }) => (actions.includes(action) ? action : null);
}

/** Has a command refuse values after an action that takes none, or fewer: so many of each, the action itself left out. */
export function refuseUnusedValues(command: Command, taken: Readonly<Record<string, number>>): Command {
  return command.hook('preAction', (_root, called) => {
    const [action = '', ...values] = called.args;
    const unused = values[taken[action] ?? values.length];
    if (unused === undefined) return;
    throw new UsageError(
      `${action} takes no "${unused.slice(0, SHOWN)}"; see mingce ${called.name()} --help. ${action} 不接受多余的参数。`,
    );
  });
}

/** A command is asked by one of its options, given by their names; without one of them it does what `otherwise` says. */
export function byOption(names: readonly string[], otherwise: string): Asked {
  return (called) => {
    const given = called.options.find(
      (option) =>
        names.includes(option.attributeName()) && called.getOptionValueSource(option.attributeName()) === 'cli',
    );
    return given?.long ?? otherwise;
  };
}
