/** What analytics found out, read from its topics and shown as a table, JSON or CSV. */
package io.labelworth.standalone.results;
