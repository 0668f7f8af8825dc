/**
 * docker-compose.yml, the Dockerfiles and k8s/ against the code that they deploy: names, ports,
 * settings and commands. No container is started.
 */
package io.labelworth.it.deploy;
