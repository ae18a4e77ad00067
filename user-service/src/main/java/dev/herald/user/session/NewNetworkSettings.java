package dev.herald.user.session;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param newNetworkEmail whether the owner gets an email about a login from a network that the account was never used from */
@ConfigurationProperties("herald.account")
record NewNetworkSettings(@DefaultValue("true") boolean newNetworkEmail) {}
