import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { SecretPlace } from '../directory/targets/target.ts';

/** Why a secret could not be read; never with the secret. */
export class SecretError extends Error {
  readonly secret: string;

  constructor(secret: string, message: string) {
    super(message);
    this.secret = secret;
  }
}

const MAX_BYTES = 4_096;

/**
 * Reads the secrets of a target when they are needed. A file must be readable by its owner alone (0600), as a secret that
 * others can read is none. Throws {@link SecretError}.
 */
export function readSecrets(
  places: Readonly<Record<string, SecretPlace>>,
  environment: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(places).map(([secret, place]) => {
      const text = 'env' in place ? fromEnvironment(secret, place.env, environment) : fromFile(secret, place.file);
      return [secret, text];
    }),
  );
}

function fromEnvironment(secret: string, name: string, environment: (name: string) => string | undefined): string {
  const text = environment(name)?.trim() ?? '';
  if (text === '') throw new SecretError(secret, `${secret}: set ${name} in the environment. 请设置环境变量 ${name}。`);
  return text;
}

function fromFile(secret: string, path: string): string {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    throw new SecretError(secret, `${secret}: ${path} cannot be read. 无法读取文件 ${path}。`);
  }
  try {
    const { mode, size } = fstatSync(fd);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new SecretError(
        secret,
        `${secret}: others can read ${path}; run chmod 600 on it. 其他用户可读取 ${path}，请将其权限设为 600。`,
      );
    }
    if (size > MAX_BYTES) throw new SecretError(secret, `${secret}: ${path} is too large. 文件 ${path} 过大。`);
    const text = readFileSync(fd, 'utf8').trim();
    if (text === '') throw new SecretError(secret, `${secret}: ${path} is empty. 文件 ${path} 为空。`);
    return text;
  } finally {
    closeSync(fd);
  }
}
