// Express with express-session on Redis and helmet, set up as their documentation shows it.
import { RedisStore } from "connect-redis";
import express from "express";
import session from "express-session";
import helmet from "helmet";
import { createClient } from "redis";

const client = createClient({ url: process.env.REDIS_URL });
client.on("error", () => {}); // it reconnects by itself
await client.connect();

const app = express();
app.set("trust proxy", "loopback");
app.use(helmet());
app.get("/alive", (request, response) => response.sendStatus(200));
app.use(session({
  store: new RedisStore({ client }),
  secret: process.env.SECRET,
  resave: false,
  saveUninitialized: true,
}));

const answer = (response, value) => response.json({ value });

const set = (request, response) => {
  const { key = "value", value } = request.query;
  request.session[key] = value;
  answer(response, value);
};

app.get("/read", (request, response) => answer(response, request.session.value ?? null));
app.get("/write", set);
app.get("/set", set);

app.get("/count", (request, response) => {
  request.session.count = (request.session.count ?? 0) + 1;
  answer(response, String(request.session.count));
});

app.get("/keys", (request, response) => response.json(Object.keys(request.session)));

app.listen(Number(process.env.PORT), "127.0.0.1");
