import { authenticatedAfter } from '../../auth/guarded-route.ts';
import { resignExited } from './exit.ts';

/** Answers an operation for callers that are known and hold its scope, once the resignations that are due have been made. */
export const authenticated = authenticatedAfter(resignExited);
