/** The analytics on a real broker and registry, against an oracle that shares no code with them. */
package io.labelworth.it.analytics;
