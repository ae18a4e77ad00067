-- The W3C trace context in which the event was handled: the sending, which may come a day later, is a part of the same trace.
alter table email add traceparent text;
