import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

test('a command whose reader has seen enough ends without a word', async () => {
  const child = spawn(process.execPath, ['src/main.ts', 'schema'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let complaint = '';
  child.stderr.on('data', (piece: Buffer) => (complaint += piece.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
});
