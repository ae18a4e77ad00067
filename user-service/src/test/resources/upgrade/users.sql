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
CREATE TABLE public.refresh_token (
    hash text NOT NULL,
    session_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
CREATE TABLE public.session (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);
CREATE TABLE public.signing_key (
    kid text NOT NULL,
    public_key text NOT NULL,
    private_key bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    signs_from timestamp with time zone NOT NULL
);
CREATE TABLE public.users (
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    roles text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version bigint NOT NULL
);
INSERT INTO public.flyway_schema_history VALUES (1, '0.1', 'outbox', 'SQL', 'V0_1__outbox.sql', 1040819973, 'postgres', '2026-11-30 10:40:34.821841', 28, true);
INSERT INTO public.flyway_schema_history VALUES (2, '0.3', 'idempotency', 'SQL', 'V0_3__idempotency.sql', -1424515027, 'postgres', '2026-11-30 10:40:34.880528', 12, true);
INSERT INTO public.flyway_schema_history VALUES (3, '1', 'users', 'SQL', 'V1__users.sql', -1447952490, 'postgres', '2026-11-30 10:40:34.908488', 16, true);
INSERT INTO public.flyway_schema_history VALUES (4, '2', 'users list', 'SQL', 'V2__users_list.sql', -2062231520, 'postgres', '2026-11-30 10:40:34.937628', 8, true);
INSERT INTO public.flyway_schema_history VALUES (5, '3', 'sessions', 'SQL', 'V3__sessions.sql', 1720993305, 'postgres', '2026-11-30 10:40:34.960059', 57, true);
INSERT INTO public.users VALUES ('01a22c0b-1609-7e61-995e-47165f874069', 'Administrator', 'admin@example.com', '$argon2id$v=19$m=19456,t=2,p=1$rumEzjwCPxzv3tRJ7vWaaQ$8XN/CSxplvHZi27YObkDuNCVERPQAoD4AqxPknrvqxM', '{USER,ADMIN}', '2026-11-30 10:40:54.218532+00', '2026-11-30 10:40:54.218532+00', 0);
INSERT INTO public.users VALUES ('01a22c0b-22f5-7d04-8e09-17a8ad95b471', 'Ada in Unicode, older', 'ada@bücher.example', '$argon2id$v=19$m=19456,t=2,p=1$Kcm9QZb0NQF5g4jsYB+CCA$5vZzOR+VqtQjfxLwttzbZiyFIMebF4vUOW6V3CWOclo', '{USER}', '2026-11-30 10:40:57.316616+00', '2026-11-30 10:40:57.316616+00', 0);
INSERT INTO public.users VALUES ('01a22c0b-244d-7caf-9fa8-1cfd8a3c3f11', 'Ada in A-labels, younger', 'ada@xn--bcher-kva.example', '$argon2id$v=19$m=19456,t=2,p=1$GRdYjNnoUOwQRBdPZN2Dzg$15tS/QN7nS/mwqmD7DZNZHg9epr6yCffX+gRElQeGcg', '{USER}', '2026-11-30 10:40:57.576047+00', '2026-11-30 10:40:57.576047+00', 0);
INSERT INTO public.users VALUES ('01a22c0b-2522-7832-b7f6-42882b8a3030', 'Eve in A-labels, older', 'eve@xn--strae-oqa.example', '$argon2id$v=19$m=19456,t=2,p=1$lA9H399xWgkNJvzOM/0snw$wxSojxA5yZn7FQLTKVHjIhivhLlvXeCCQvAZapAqsOY', '{USER}', '2026-11-30 10:40:57.887431+00', '2026-11-30 10:40:57.887431+00', 0);
INSERT INTO public.users VALUES ('01a22c0b-2650-73a0-8897-f57563237502', 'Eve in Unicode, younger', 'Eve@straße.example', '$argon2id$v=19$m=19456,t=2,p=1$ivsYVIWFDJfMky5YqEENiQ$Zs9vmS3eEHhSx7qTnsomb1Z80Zf+e6LW9lTy9HYNE3M', '{USER}', '2026-11-30 10:40:58.283457+00', '2026-11-30 10:40:58.283457+00', 0);
INSERT INTO public.users VALUES ('01a22c0b-280a-7625-a837-387fd2148020', 'Konrad', 'Konrad@KÖLN.example', '$argon2id$v=19$m=19456,t=2,p=1$M3yaocNNfH2da+PdC8EEXg$hHS+Izr7y9ojGN/ttxMEEqQ0A2yj4g1kPMp1szLWz7k', '{USER}', '2026-11-30 10:40:58.660754+00', '2026-11-30 10:40:58.660754+00', 0);
INSERT INTO public.users VALUES ('01a22c0b-294e-7a6b-b2a4-b6e8de5192f2', 'Grace', '"grace hopper"@example.com', '$argon2id$v=19$m=19456,t=2,p=1$2az9oZOPRUEZoYqagmhqWw$jVCq0txaO1IjX4N5uPohllAtnm4CinSbSuCd2eH2tiQ', '{USER}', '2026-11-30 10:40:58.908199+00', '2026-11-30 10:40:58.908199+00', 0);
INSERT INTO public.users VALUES ('01a22c0b-2a6d-77a1-b36f-44b6b039b8f4', 'Dörte', 'dörte@example.com', '$argon2id$v=19$m=19456,t=2,p=1$MJq/sGr4xAyVIs2B9jP8kg$5g+ol7L40zNiVxcJNeZOKScScLZfI0L0wWpA80qcjjc', '{USER}', '2026-11-30 10:40:59.293859+00', '2026-11-30 10:40:59.293859+00', 0);
INSERT INTO public.users VALUES ('01a22c0b-2bfa-72b6-a851-dcc1e1d26153', 'Ida', 'İda@x.example', '$argon2id$v=19$m=19456,t=2,p=1$xkHxwb71jLMmGcvaKDC5jg$zVB0b2eTXKnqfUvMEf2u068ieP7BuHctmleakeP8vEc', '{USER}', '2026-11-30 10:40:59.581848+00', '2026-11-30 10:40:59.581848+00', 0);
INSERT INTO public.users VALUES ('01a22c0b-2d08-766a-9af6-1f7e86c9efec', 'Nora', 'nora@example.com', '$argon2id$v=19$m=19456,t=2,p=1$wNVQTDOjHBth9qR6mewc/w$rO4bu/u7XxNaHjzRJv8zicdy6sJlSfZDWHgUMkJmDbk', '{USER}', '2026-11-30 10:41:00.044916+00', '2026-11-30 10:41:00.044916+00', 0);
INSERT INTO public.users VALUES ('01a22c0b-2f09-740d-a800-067f770aeab3', 'Paul', 'Paul@Example.COM', '$argon2id$v=19$m=19456,t=2,p=1$zjYIcsHGyZgBxCdi7ghqWQ$JtX5FynIG0vl4J6L0k3+EGAS9XK2CETeITtwuD3qaek', '{USER}', '2026-11-30 10:41:00.580732+00', '2026-11-30 10:41:00.580732+00', 0);
INSERT INTO public.users VALUES ('01a22c0b-30db-7fa7-ae4c-e9183361e5ae', 'Uma', 'uma@under_score.example', '$argon2id$v=19$m=19456,t=2,p=1$hV4ZqPY5FaSNgAQAWhJfrA$3PP3RT7VlnDzl1z20aV3RhaTQbSvTx0sCu5Cmr4yp7U', '{USER}', '2026-11-30 10:41:00.885857+00', '2026-11-30 10:41:00.885857+00', 0);
SELECT pg_catalog.setval('public.outbox_seq_seq', 12, true);
ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (scope);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_id_key UNIQUE (id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.refresh_token
    ADD CONSTRAINT refresh_token_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.signing_key
    ADD CONSTRAINT signing_key_pkey PRIMARY KEY (kid);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success);
CREATE INDEX idempotency_created_at ON public.idempotency USING btree (created_at);
CREATE INDEX outbox_aggregate ON public.outbox USING btree (aggregatetype, aggregateid, seq);
CREATE INDEX refresh_token_by_expiry ON public.refresh_token USING btree (expires_at);
CREATE INDEX refresh_token_by_session ON public.refresh_token USING btree (session_id);
CREATE INDEX session_by_expiry ON public.session USING btree (expires_at);
CREATE INDEX session_by_revocation ON public.session USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);
CREATE INDEX session_by_user ON public.session USING btree (user_id);
CREATE INDEX users_by_creation ON public.users USING btree (created_at, id);
CREATE INDEX users_by_name ON public.users USING btree (lower(name) text_pattern_ops);
CREATE UNIQUE INDEX users_email_key ON public.users USING btree (lower(email));
ALTER TABLE ONLY public.refresh_token
    ADD CONSTRAINT refresh_token_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.session(id) ON DELETE CASCADE;
