/*
 * What our programs use of undici, for their bundles: its index would bring along fetch, web sockets and much more, which Node
 * would read in each process. `request` and its like are put on every dispatcher as the index does it.
 */
Object.assign(require("undici/lib/dispatcher/dispatcher").prototype, require("undici/lib/api"));
exports.Pool = require("undici/lib/dispatcher/pool");
