// Command service answers over HTTP; its contract is openapi.yaml.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/config"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/logging"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/service"
)

const name = "${{ values.name }}"

// version is set by ci/build.
var version = "dev"

func main() {
	os.Exit(run())
}

func run() int {
	// A second signal is no reason to hurry: one to the whole process group arrives twice
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()

	settings, err := config.Read(os.Getenv)
	if err != nil {
		logging.New(os.Stdout, logging.LevelError).ErrorContext(ctx, err.Error())
		return 1
	}
	log := logging.New(os.Stdout, settings.LogLevel)
	if err := service.Run(ctx, settings, service.Identity{Name: name, Version: version}, log); err != nil {
		log.ErrorContext(ctx, "the service ended", "err", err)
		return 1
	}
	return 0
}
