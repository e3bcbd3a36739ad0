import { vi } from 'vitest';
import { run } from '../../src/cli/program.ts';

/** Runs a command line in this process, which saves starting another; answers what it said. */
export async function command(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  let stdout = '';
  let stderr = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  const err = vi.spyOn(console, 'error').mockImplementation((line) => void (stderr += `${String(line)}\n`));
  try {
    return { code: await run(args), stdout, stderr };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}
