package dev.herald.post.author;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "user-service", types = UserClient.class)
class UserClientConfiguration {}
