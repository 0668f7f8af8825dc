/** How soon a page of the dashboard can be used, in a real browser. */
package io.labelworth.bench.page;
