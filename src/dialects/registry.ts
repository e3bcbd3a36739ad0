import type { Dialect } from './dialect.ts';
import { feishu } from './feishu/index.ts';
import { hose } from './hose/index.ts';
import { wecom } from './wecom/index.ts';

/** Every dialect served: one import and one entry each. */
export const dialects: readonly Dialect[] = [feishu, wecom, hose];
