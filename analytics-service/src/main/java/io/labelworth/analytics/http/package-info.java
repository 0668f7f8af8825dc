/**
 * The dashboard, its REST answers and its live events. {@link
 * io.labelworth.analytics.http.DashboardServer} has the routes; the page itself is in the
 * resources, with the one library it draws with, and asks no other host for anything.
 */
package io.labelworth.analytics.http;
