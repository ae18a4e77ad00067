package dev.herald.platform.event;

import java.time.Instant;
import java.util.UUID;

/**
 * The CloudEvents 1.0 attributes that every event has.
 *
 * @param id {@code ce_id}, a UUIDv7 that is the same for every delivery of the event
 * @param type {@code ce_type}, such as {@code user.created}
 * @param source {@code ce_source}, the publishing service, such as {@code /user-service}
 * @param subject {@code ce_subject}, the aggregate's id
 * @param time {@code ce_time}, the time of the change
 */
public record EventMetadata(UUID id, String type, String source, String subject, Instant time) {}
