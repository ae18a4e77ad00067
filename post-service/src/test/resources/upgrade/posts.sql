SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.author (
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    first_posts_written boolean DEFAULT false NOT NULL
);
CREATE TABLE public.deleted_author (
    id uuid NOT NULL
);
CREATE TABLE public.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);
CREATE TABLE public.idempotency (
    scope text NOT NULL,
    fingerprint text NOT NULL,
    status integer NOT NULL,
    location text,
    etag text,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.outbox (
    seq bigint NOT NULL,
    id uuid NOT NULL,
    aggregatetype text NOT NULL,
    aggregateid text NOT NULL,
    type text NOT NULL,
    payload text NOT NULL,
    headers text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    parked_at timestamp with time zone,
    parked_reason text
);
ALTER TABLE public.outbox ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.post (
    id uuid NOT NULL,
    author_id uuid NOT NULL,
    title text NOT NULL,
    content text NOT NULL,
    published boolean NOT NULL,
    published_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version bigint NOT NULL
);
CREATE TABLE public.processed_event (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    processed_at timestamp with time zone NOT NULL
);
INSERT INTO public.author VALUES ('01a22c0b-22f5-7d04-8e09-17a8ad95b471', 'Ada in Unicode', 'ada@bücher.example', '2026-11-30 10:41:00+00', 0, true);
INSERT INTO public.author VALUES ('01a22c0b-244d-7caf-9fa8-1cfd8a3c3f11', 'Ada in A-labels', 'ada@xn--bcher-kva.example', '2026-11-30 10:41:01+00', 0, true);
INSERT INTO public.author VALUES ('01a22c0b-280a-7625-a837-387fd2148020', 'Konrad', 'Konrad@KÖLN.example', '2026-11-30 10:41:02+00', 0, true);
INSERT INTO public.author VALUES ('01a22c0b-294e-7a6b-b2a4-b6e8de5192f2', 'Grace', '"grace hopper"@example.com', '2026-11-30 10:41:03+00', 0, true);
INSERT INTO public.author VALUES ('01a22c0b-2bfa-72b6-a851-dcc1e1d26153', 'Ida', 'İda@x.example', '2026-11-30 10:41:04+00', 0, true);
INSERT INTO public.author VALUES ('01a22c0b-2f09-740d-a800-067f770aeab3', 'Paul', 'Paul@Example.COM', '2026-11-30 10:41:05+00', 0, true);
INSERT INTO public.flyway_schema_history VALUES (1, '0.1', 'outbox', 'SQL', 'V0_1__outbox.sql', 1040819973, 'postgres', '2026-11-30 10:40:34', 10, true);
INSERT INTO public.flyway_schema_history VALUES (2, '0.2', 'inbox', 'SQL', 'V0_2__inbox.sql', -72510186, 'postgres', '2026-11-30 10:40:34', 10, true);
INSERT INTO public.flyway_schema_history VALUES (3, '0.3', 'idempotency', 'SQL', 'V0_3__idempotency.sql', -1424515027, 'postgres', '2026-11-30 10:40:34', 10, true);
INSERT INTO public.flyway_schema_history VALUES (4, '1', 'posts and authors', 'SQL', 'V1__posts_and_authors.sql', -215838884, 'postgres', '2026-11-30 10:40:34', 10, true);
INSERT INTO public.flyway_schema_history VALUES (5, '2', 'user events', 'SQL', 'V2__user_events.sql', -968396484, 'postgres', '2026-11-30 10:40:34', 10, true);
INSERT INTO public.flyway_schema_history VALUES (6, '3', 'posts', 'SQL', 'V3__posts.sql', 255305685, 'postgres', '2026-11-30 10:40:34', 10, true);
INSERT INTO public.post VALUES ('01a22c0c-0000-7000-8000-000000000000', '01a22c0b-22f5-7d04-8e09-17a8ad95b471', 'By Ada in Unicode', 'Content', true, '2026-11-30 10:42:00+00', '2026-11-30 10:42:00+00', '2026-11-30 10:42:00+00', 0);
INSERT INTO public.post VALUES ('01a22c0c-0000-7000-8000-000000000001', '01a22c0b-244d-7caf-9fa8-1cfd8a3c3f11', 'By Ada in A-labels', 'Content', true, '2026-11-30 10:42:01+00', '2026-11-30 10:42:01+00', '2026-11-30 10:42:01+00', 0);
INSERT INTO public.post VALUES ('01a22c0c-0000-7000-8000-000000000002', '01a22c0b-280a-7625-a837-387fd2148020', 'By Konrad', 'Content', true, '2026-11-30 10:42:02+00', '2026-11-30 10:42:02+00', '2026-11-30 10:42:02+00', 0);
INSERT INTO public.post VALUES ('01a22c0c-0000-7000-8000-000000000003', '01a22c0b-294e-7a6b-b2a4-b6e8de5192f2', 'By Grace', 'Content', true, '2026-11-30 10:42:03+00', '2026-11-30 10:42:03+00', '2026-11-30 10:42:03+00', 0);
INSERT INTO public.post VALUES ('01a22c0c-0000-7000-8000-000000000004', '01a22c0b-2bfa-72b6-a851-dcc1e1d26153', 'By Ida', 'Content', true, '2026-11-30 10:42:04+00', '2026-11-30 10:42:04+00', '2026-11-30 10:42:04+00', 0);
INSERT INTO public.post VALUES ('01a22c0c-0000-7000-8000-000000000005', '01a22c0b-2f09-740d-a800-067f770aeab3', 'By Paul', 'Content', true, '2026-11-30 10:42:05+00', '2026-11-30 10:42:05+00', '2026-11-30 10:42:05+00', 0);
SELECT pg_catalog.setval('public.outbox_seq_seq', 1, false);
ALTER TABLE ONLY public.author
    ADD CONSTRAINT author_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.deleted_author
    ADD CONSTRAINT deleted_author_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (scope);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_id_key UNIQUE (id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.processed_event
    ADD CONSTRAINT processed_event_pkey PRIMARY KEY (consumer, event_id);
CREATE INDEX author_by_email ON public.author USING btree (lower(email));
CREATE INDEX author_by_name ON public.author USING btree (name, id);
CREATE INDEX author_by_registration ON public.author USING btree (registered_at);
CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success);
CREATE INDEX idempotency_created_at ON public.idempotency USING btree (created_at);
CREATE INDEX outbox_aggregate ON public.outbox USING btree (aggregatetype, aggregateid, seq);
CREATE INDEX post_by_author ON public.post USING btree (author_id, created_at, id);
CREATE INDEX post_draft_newest ON public.post USING btree (created_at, id) WHERE (NOT published);
CREATE INDEX post_published_by_author ON public.post USING btree (author_id, created_at, id) WHERE published;
CREATE INDEX post_published_newest ON public.post USING btree (created_at, id) WHERE published;
CREATE INDEX processed_event_processed_at ON public.processed_event USING btree (processed_at);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.author(id) ON DELETE CASCADE;
