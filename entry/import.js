// What `import 'mingce'` loads. The library itself is loaded after the check: an older Node cannot even link it.

import nodeVersion from './node-version.cjs';

nodeVersion.checkNode();
export const {
  CaptureError,
  CompanyFileError,
  CompanySourceError,
  RemovalsError,
  StartError,
  compareCapture,
  silentLog,
  startMingce,
} = await import('../dist/index.js');
