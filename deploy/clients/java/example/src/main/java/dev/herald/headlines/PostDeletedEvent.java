package dev.herald.headlines;

import java.util.UUID;

record PostDeletedEvent(UUID id) {}
