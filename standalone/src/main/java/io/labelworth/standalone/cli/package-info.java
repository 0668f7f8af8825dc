/**
 * The command line: one class per command, each of which parses, builds what it needs from
 * constructor arguments, and runs it. {@link io.labelworth.standalone.cli.LabelworthCli} turns
 * failures into one line and an exit code.
 */
package io.labelworth.standalone.cli;
