import type { Connector } from './connector.ts';
import { feishu } from './feishu/index.ts';
import { hose } from './hose/index.ts';
import { wecom } from './wecom/index.ts';

/** The connectors, in the order in which they are listed. */
export const connectors: readonly Connector[] = [feishu, wecom, hose];
