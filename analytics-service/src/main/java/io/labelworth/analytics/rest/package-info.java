/**
 * What the API answers: {@link io.labelworth.analytics.rest.Endpoint} is one path, {@link
 * io.labelworth.analytics.rest.Table} the kind that most of them are, and {@link
 * io.labelworth.analytics.rest.OpenApi} the document made of all of them, so that no path is
 * without one. A new table is one line in {@code http.Endpoints}.
 */
package io.labelworth.analytics.rest;
