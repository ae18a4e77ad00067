package dev.herald.user.account;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param requireVerifiedEmail whether a login needs a verified address */
@ConfigurationProperties("herald.account")
record LoginSettings(boolean requireVerifiedEmail) {}
