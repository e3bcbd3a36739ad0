// What `require('mingce')` loads. Node loads the ES module of the library synchronously, as it awaits nothing.

'use strict';

require('./node-version.cjs').checkNode();
module.exports = require('../dist/index.js');
