import type { DescribedTenant, LiveTenant } from './described.ts';
import { describe as describeFeishu } from './feishu/describe.ts';
import { feishu } from './feishu/index.ts';
import { describe as describeHose } from './hose/describe.ts';
import { hose } from './hose/index.ts';
import { describe as describeWecom } from './wecom/describe.ts';
import { wecom } from './wecom/index.ts';
import type { WritingConnector } from './writing.ts';

/** The connectors, in the order in which they are listed. */
export const connectors: readonly WritingConnector[] = [feishu, wecom, hose];

/** Describes what was read of a live tenant as a company file, by platform. */
export const describers: ReadonlyMap<string, (tenant: LiveTenant) => DescribedTenant> = new Map([
  ['feishu', describeFeishu],
  ['wecom', describeWecom],
  ['hose', describeHose],
]);
