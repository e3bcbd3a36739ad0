// The oldest Node that has what Mingce uses, and the sentence about an older one. Plain CommonJS: any Node can read it.

'use strict';

/** SQLite without a flag, `require` of an ES module, and types that are stripped on loading. */
const OLDEST = 24;

exports.isNewEnough = () => Number.parseInt(process.versions.node, 10) >= OLDEST;

exports.needsNewerNode = () =>
  `Mingce needs Node ${OLDEST} or newer, and this is Node ${process.versions.node}: install a newer one from https://nodejs.org or with your version manager.`;

/** Throws that sentence on an older Node. */
exports.checkNode = () => {
  if (!exports.isNewEnough()) throw new Error(exports.needsNewerNode());
};
