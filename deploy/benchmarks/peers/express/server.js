// GET /api/users/:id as a plain Express service: it verifies a token, and reads Redis first, then PostgreSQL.
import { createPublicKey } from 'node:crypto';
import express from 'express';
import { Redis } from 'ioredis';
import jwt from 'jsonwebtoken';
import pg from 'pg';

const { PORT, DATABASE_URL, REDIS_URL, JWKS_URL } = process.env;
const CACHED_SECONDS = 3600;

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 20 });
const redis = new Redis(REDIS_URL);
const { keys } = await (await fetch(JWKS_URL)).json();
const publicKeys = new Map(keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' })]));

function authenticate(request, response, next) {
  const token = request.get('Authorization')?.replace(/^Bearer /, '');
  const key = (header, found) => found(null, publicKeys.get(header.kid));
  jwt.verify(token, key, { algorithms: ['RS256'], audience: 'herald' }, (refused, claims) => {
    if (refused) return response.status(401).json({ code: 'invalid-token' });
    request.caller = claims;
    next();
  });
}

async function user(id) {
  const cached = await redis.get(`express:user:${id}`);
  if (cached) return JSON.parse(cached);
  const { rows } = await pool.query('select id, name, email, roles, created_at, updated_at from users where id = $1', [id]);
  if (rows[0]) await redis.set(`express:user:${id}`, JSON.stringify(rows[0]), 'EX', CACHED_SECONDS);
  return rows[0];
}

const app = express();
app.disable('x-powered-by');
app.get('/api/users/:id', authenticate, async (request, response) => {
  const found = await user(request.params.id);
  if (!found) return response.status(404).json({ code: 'user-not-found' });
  const whole = request.caller.sub === found.id || request.caller.roles.includes('ADMIN');
  response.json(whole ? found : { ...found, email: undefined, roles: undefined });
});
app.listen(PORT, '127.0.0.1');
