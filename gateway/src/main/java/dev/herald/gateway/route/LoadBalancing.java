package dev.herald.gateway.route;

import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Configuration;

/** How an instance is chosen: round-robin, among those that the registry lists. */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = InstancesOfAService.class)
class LoadBalancing {}
