# The worker of docker-compose.yml; with other arguments any marsdisk command.
FROM node:20.20.2-bookworm-slim
WORKDIR /opt/marsdisk
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-progress
COPY . .
RUN node bin/marsdisk --build-only
USER node
ENTRYPOINT ["/opt/marsdisk/bin/marsdisk"]
CMD ["worker"]
