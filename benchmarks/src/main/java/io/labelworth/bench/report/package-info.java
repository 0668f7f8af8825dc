/**
 * What a benchmark says: figures with their spread, targets, and the conditions they were measured
 * under, as a table and as JSON. Nothing here knows what was measured.
 */
package io.labelworth.bench.report;
