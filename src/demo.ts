import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltFile, keepBuiltFile, type BuiltFile } from './company/reading/built-files.ts';

/** The admin key while the demo company is loaded and no other key is configured. */
export const DEMO_ADMIN_KEY = 'mingce-demo-admin';

/** One app of the demo companies, and how a caller gets a token with it. */
export interface DemoCredential {
  readonly platform: string;
  readonly company: string;
  readonly title: string;
  /** What the platform's token call names the two. */
  readonly names: readonly [id: string, secret: string];
  readonly id: string;
  readonly secret: string;
  /** What the app is for, where the platform has several; else empty. */
  readonly note: string;
}

const FEISHU = { platform: 'feishu', title: 'Feishu 飞书', names: ['app_id', 'app_secret'] } as const;
const WECOM = { platform: 'wecom', title: 'WeCom 企业微信', names: ['corpid', 'corpsecret'] } as const;
const HOSE = { platform: 'hose', title: 'Hose 合思', names: ['appKey', 'appSecurity'] } as const;

/** Every app of the demo companies; a test holds the list to their files. */
export const DEMO_CREDENTIALS: readonly DemoCredential[] = [
  { ...FEISHU, company: 'demo', id: 'cli_mingce_demo', secret: 'mingce-demo-secret', note: '' },
  { ...WECOM, company: 'demo', id: 'ww_mingce_demo', secret: 'mingce-demo-secret', note: 'HR 人事助手' },
  { ...WECOM, company: 'demo', id: 'ww_mingce_demo', secret: 'mingce-demo-contact-secret', note: 'contact 通讯录' },
  { ...HOSE, company: 'demo', id: 'mingce-demo-key', secret: 'mingce-demo-security', note: '' },
  { ...HOSE, company: 'demo-2', id: 'mingce-demo-key-2', secret: 'mingce-demo-security-2', note: 'demo-2' },
];

const FOLDER = new URL('../companies/', import.meta.url);

/** The keys of the companies that make up the demo; each is the name of its file. */
export function demoKeys(): readonly string[] {
  return readdirSync(FOLDER)
    .flatMap((file) => /^(demo(?:-[a-z0-9]+)*)\.yaml$/.exec(file)?.[1] ?? [])
    .toSorted();
}

/** What a file of the demo contains. */
export interface CompiledFile extends BuiltFile {
  /** The digest of the file that it was made of. */
  readonly sha256: string;
}

/** What the files of the demo contain, by their keys. */
export type CompiledDemo = Readonly<Record<string, CompiledFile>>;

/** The file with that, which `scripts/compile-demo.ts` writes. */
const COMPILED = new URL('demo.json', FOLDER);

/** What the build made of all of them: each start asks for two. */
let compiled: CompiledDemo | undefined;

/** The company file of one of them. What it contains is known without a look at its YAML, which took half of a start. */
export function demoFile(key: string): string {
  const text = readFileSync(new URL(`${key}.yaml`, FOLDER), 'utf8');
  if (isBuiltFile(text) || !existsSync(COMPILED)) return text;
  compiled ??= JSON.parse(readFileSync(COMPILED, 'utf8')) as CompiledDemo;
  const file = compiled[key];
  if (file?.sha256 === hash('sha256', text)) keepBuiltFile(text, file);
  return text;
}
