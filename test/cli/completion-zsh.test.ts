import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { command } from '../support/command.ts';
import { scratchFolder } from '../support/program.ts';

const hasZsh = spawnSync('zsh', ['--version']).status === 0;

/** Types at an interactive zsh in a terminal of its own, and waits for what the line becomes. */
const TYPE = `zmodload zsh/zpty
zpty shell zsh -f -i
type() { zpty -n -w shell $1; zpty -r shell shown $2 && print -r -- $3 }
zpty -w shell "autoload -Uz compinit; compinit -u -d $1/dump; source $1/_mingce; compdef _mingce mingce; print RE''ADY"
zpty -r shell shown '*READY*'
type $'mingce und\\t' '*mingce undo*' undo
type $'\\C-umingce apply --yes --exit\\t' '*--exit-code*' --exit-code
type $'\\C-umingce undo --wi\\t' '*--without-conflicts*' --without-conflicts
zpty -d shell
`;

test.skipIf(!hasZsh)('zsh completes commands and their options', async () => {
  using folder = scratchFolder();
  writeFileSync(folder.file('_mingce'), (await command('completion', 'zsh')).stdout);
  writeFileSync(folder.file('type.zsh'), TYPE);
  const { stdout } = spawnSync('zsh', ['-f', folder.file('type.zsh'), folder.path], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(stdout.trim().split('\n')).toEqual(['undo', '--exit-code', '--without-conflicts']);
});
