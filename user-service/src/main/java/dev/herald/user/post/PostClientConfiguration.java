package dev.herald.user.post;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "post-service", types = PostClient.class)
class PostClientConfiguration {}
