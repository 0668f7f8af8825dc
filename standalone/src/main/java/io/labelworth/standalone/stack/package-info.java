/** Everything on one machine: embedded broker and registry, the three services, the dashboard. */
package io.labelworth.standalone.stack;
