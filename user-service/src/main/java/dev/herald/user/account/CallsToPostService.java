package dev.herald.user.account;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "post-service", types = PostService.class)
class CallsToPostService {}
